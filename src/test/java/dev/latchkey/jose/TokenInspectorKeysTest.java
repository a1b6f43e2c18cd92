package dev.latchkey.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenInspectorKeysTest {
    private static final TokenForge OURS = TokenForge.withKeyOf(2048);
    private static final TokenForge THEIRS = TokenForge.withKeyOf(2048);
    private static final Instant NOW = Instant.ofEpochSecond(2_000_000_000L);
    private static final String CLAIMS = "{\"iss\":\"https://a.example\",\"aud\":[\"api\",\"b\"],\"exp\":2000000001}";

    private static Clock clock() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Test
    void ofJwkSet_usableKeysAmongOthers_verify() {
        String set = "{\"keys\":[{\"kty\":\"EC\",\"kid\":\"e\"},7,{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"AQAB\"},"
                + "{\"kty\":\"RSA\",\"use\":\"enc\",\"kid\":\"" + OURS.kid() + "\",\"n\":\""
                + THEIRS.jwk().member("n") + "\",\"e\":\"AQAB\"}," + OURS.jwkText() + "]}";
        String token = OURS.sign(OURS.header(), CLAIMS);
        assertThat(TokenInspector.ofJwkSet(set, clock()).inspect(token, null).isVerified())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"keys\":{}}",
                "{\"keys\":[]}",
                "<html>",
                "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"}]}",
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQAB\",\"y\":\"AQAB\"}]}",
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
                        + "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}",
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"EdDSA\","
                        + "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
                        + "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}",
                "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}",
                "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"!\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AQAB\"}]}"
            })
    void ofJwkSet_noUsableKey_isTheReason(String set) {
        String token = OURS.sign(OURS.header(), CLAIMS);
        TokenInspection inspection = TokenInspector.ofJwkSet(set, clock()).inspect(token, null);
        assertThat(inspection.reason()).startsWith("cannot be verified: the key set");
        assertThat(inspection.claims()).isNotNull();
    }

    /** A point that lies on no curve. */
    @Test
    void ofJwkSet_keyThatIsNone_verifiesNothing() {
        String x = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE";
        String set = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + x + "\",\"y\":\"" + x + "\"}]}";
        String token = OURS.sign("{\"alg\":\"ES256\"}", CLAIMS);
        String signature = "A".repeat(42) + "E" + "A".repeat(43);

        for (String last : new String[] {token.split("\\.", -1)[2], signature, "A".repeat(86)}) {
            String forged = token.substring(0, token.lastIndexOf('.') + 1) + last;
            assertThat(TokenInspector.ofJwkSet(set, clock())
                            .inspect(forged, null)
                            .isVerified())
                    .isFalse();
        }
    }

    @Test
    void ofJwkSet_keyTooShort_isPassedOver() {
        TokenForge weak = TokenForge.withKeyOf(1024);
        TokenInspection inspection =
                TokenInspector.ofJwkSet(weak.jwkSet(), clock()).inspect(weak.sign(weak.header(), CLAIMS), null);
        assertThat(inspection.reason()).contains("no key for RS256");
    }
}
