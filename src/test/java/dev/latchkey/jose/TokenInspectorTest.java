package dev.latchkey.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenInspectorTest {
    private static final TokenForge OURS = TokenForge.withKeyOf(2048);
    private static final TokenForge THEIRS = TokenForge.withKeyOf(2048);
    private static final Instant NOW = Instant.ofEpochSecond(2_000_000_000L);
    private static final String CLAIMS = "{\"iss\":\"https://a.example\",\"aud\":[\"api\",\"b\"],\"exp\":2000000001}";

    private final TokenInspector inspector = TokenInspector.of(List.of(OURS.jwk()), clock());

    private static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    private String reason(String token) {
        TokenInspection inspection = inspector.inspect(token, null);
        assertThat(inspection.isVerified()).isFalse();
        return String.valueOf(inspection.reason());
    }

    @Test
    void inspect_honestToken_isVerifiedAndDecoded() {
        TokenInspection inspection = inspector.inspect(OURS.sign(OURS.header(), CLAIMS), null);
        assertThat(inspection.reason()).isNull();
        assertThat(inspection.header()).containsEntry("typ", "at+jwt").containsEntry("alg", "RS256");
        assertThat(inspection.claims()).containsEntry("iss", "https://a.example");
        assertThat(inspection.time("exp")).contains(Instant.ofEpochSecond(2_000_000_001L));
    }

    @Test
    void inspect_expiryItself_isTooLate() {
        String claims = "{\"exp\":2000000000}";
        TokenInspection inspection = inspector.inspect(OURS.sign(OURS.header(), claims), null);
        assertThat(inspection.reason()).isEqualTo("expired at 2033-05-18T03:33:20Z");
        assertThat(inspection.claims()).isNotNull();
    }

    @Test
    void inspect_longExpired_isNotVerified() {
        assertThat(reason(OURS.sign(OURS.header(), "{\"exp\":1}"))).startsWith("expired at 1970");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"exp\":null}",
                "{\"exp\":\"2000000001\"}",
                "{\"exp\":-1}",
                "{\"exp\":1e300}",
                "{\"exp\":{}}",
                "{\"exp\":99999999999999999999}",
                "{\"exp\":true}"
            })
    void inspect_noUsableExpiry_isNotVerified(String claims) {
        assertThat(reason(OURS.sign(OURS.header(), claims)))
                .isIn(
                        "has no expiry time (exp)",
                        "cannot be verified: a field of its header or a claim is not of the right type");
    }

    @ParameterizedTest
    @CsvSource({"2000000000,true", "2000000001,false", "'\"x\"',false"})
    void inspect_notBefore_holdsFromThatSecondOn(String nbf, boolean verified) {
        String claims = "{\"exp\":2000000001,\"nbf\":" + nbf + "}";
        TokenInspection inspection = inspector.inspect(OURS.sign(OURS.header(), claims), null);
        assertThat(inspection.isVerified()).isEqualTo(verified);
    }

    @ParameterizedTest
    @CsvSource({"api,true", "b,true", "c,false", "'',false"})
    void inspect_audience_mustBeAmongItsOwn(String audience, boolean verified) {
        assertThat(inspector.inspect(OURS.sign(OURS.header(), CLAIMS), audience).isVerified())
                .isEqualTo(verified);
    }

    @Test
    void inspect_audienceAsText_isOneAudience() {
        String token = OURS.sign(OURS.header(), "{\"aud\":\"api\",\"exp\":2000000001}");
        assertThat(inspector.inspect(token, "api").isVerified()).isTrue();
        assertThat(inspector.inspect(token, "ap").isVerified()).isFalse();
    }

    @Test
    void inspect_signedByAnotherKeyUnderOurKid_isNotVerified() {
        assertThat(reason(THEIRS.sign(OURS.header(), CLAIMS))).contains("signature");
    }

    @Test
    void inspect_unknownKid_isNotVerified() {
        assertThat(reason(THEIRS.sign(THEIRS.header(), CLAIMS))).contains("unknown kid");
    }

    @Test
    void inspect_changedClaims_areNotVerified() {
        String[] parts = OURS.sign(OURS.header(), CLAIMS).split("\\.", -1);
        String changed = parts[0] + "." + TokenForge.encode(CLAIMS.replace("api", "adm")) + "." + parts[2];
        assertThat(reason(changed)).contains("signature");
    }

    @Test
    void inspect_expiredTokenOfAnotherKey_isNotVerified() {
        assertThat(reason(THEIRS.sign(OURS.header(), "{\"exp\":1}"))).contains("signature");
    }
}
