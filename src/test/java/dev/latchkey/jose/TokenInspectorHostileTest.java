package dev.latchkey.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenInspectorHostileTest {
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

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE"})
    void inspect_algNone_isNotVerified(String alg) {
        String header = TokenForge.encode("{\"alg\":\"" + alg + "\"}");
        assertThat(reason(header + "." + TokenForge.encode(CLAIMS) + ".")).contains("not signed");
    }

    @Test
    void inspect_hs256WithThePublicKeyAsSecret_isNotVerified() {
        assertThat(reason(OURS.signWithPublicKeyAsSecret(CLAIMS))).contains("another algorithm than RS256");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"alg\":1}",
                "{\"alg\":\"RS384\"}",
                "{\"alg\":\"rs256\"}",
                "{\"alg\":\"PS256\"}",
                "{\"alg\":\"RS256\",\"crit\":[\"b64\"],\"b64\":false}",
                "{\"alg\":\"RS256\",\"zip\":\"DEF\"}",
                "{\"alg\":\"RS256\",\"kid\":7}",
                "{\"alg\":\"RS256\",\"kid\":null}",
                "{\"alg\":\"RS256\",\"kid\":\"\"}"
            })
    void inspect_oddHeader_isNotVerified(String header) {
        assertThat(reason(OURS.sign(header, CLAIMS))).isNotBlank();
    }

    @Test
    void inspect_keyBroughtAlongInTheHeader_isNotTrusted() {
        String header = THEIRS.header().replace("}", ",\"jwk\":" + THEIRS.jwkText() + "}");
        assertThat(reason(THEIRS.sign(header, CLAIMS))).contains("unknown kid");
        String underOurs = OURS.header().replace("}", ",\"jwk\":" + THEIRS.jwkText() + "}");
        assertThat(reason(THEIRS.sign(underOurs, CLAIMS))).contains("signature");
    }

    @Test
    void inspect_noKid_isVerifiedByTheOnlyKeyAlone() {
        String token = OURS.sign("{\"alg\":\"RS256\"}", CLAIMS);
        assertThat(inspector.inspect(token, null).isVerified()).isTrue();
        TokenInspector several = TokenInspector.of(List.of(OURS.jwk(), THEIRS.jwk()), clock());
        assertThat(several.inspect(token, null).reason())
                .contains("names no key (kid)")
                .contains("several");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a.b",
                "a.b.c",
                "a.b.c.d.e",
                "====.====.====",
                "e30=.e30=.",
                "!!.!!.!!",
                "🦊.🦊.🦊",
                "e30.bnVsbA.x",
                "W10.e30.x",
                "\u0000.\u0000.\u0000",
                " . . "
            })
    void inspect_malformed_isAReasonWithoutTheText(String text) {
        TokenInspection inspection = inspector.inspect(text, null);
        assertThat(inspection.isVerified()).isFalse();
        assertThat(inspection.reason()).isNotBlank().doesNotContain("🦊");
    }

    @Test
    void inspect_payloadThatIsNoJson_stillShowsTheHeader() {
        TokenInspection inspection = inspector.inspect(OURS.sign(OURS.header(), "not json"), null);
        assertThat(inspection.isVerified()).isFalse();
        assertThat(inspection.header()).containsEntry("alg", "RS256");
        assertThat(inspection.claims()).isNull();
    }

    @Test
    void inspect_hugeDeepOrDoubled_isAReason() {
        assertThat(reason("a".repeat(70_000) + ".b.c")).contains("longer than");
        assertThat(reason(".".repeat(60_000))).contains("three parts");
        assertThat(reason(OURS.sign(OURS.header(), "[".repeat(20_000)))).contains("malformed");
        assertThat(reason(OURS.sign(OURS.header(), "{\"exp\":2000000001,\"exp\":2000000002}")))
                .contains("twice");
        assertThat(reason(OURS.sign("{\"alg\":\"RS256\",\"alg\":\"none\"}", CLAIMS)))
                .contains("twice");
    }
}
