package dev.latchkey.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.latchkey.accesskey.AccessKeySettingsJson;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.Trees;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which JWK Sets a key may be registered with, by whichever way. */
class PublicKeySetTest {
    private static final String X = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
    private static final String Y = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM";
    private static final String EC = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + X + "\",\"y\":\"" + Y + "\"";

    @Test
    void publicKeys_ofBothTypes_areTaken() throws Exception {
        String rsa = publicJwk(new RSAKeyGenerator(2048).keyID("1").generate());
        String ec = publicJwk(new ECKeyGenerator(Curve.P_256).keyID("2").generate());

        accept("{\"keys\":[" + rsa + "," + ec + "," + EC + "}]}");
        accept("{\"keys\":[" + EC + ",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"a\",\"x5t\":\"ignored\"}]}");
    }

    @Test
    void privateParts_areRefused_andNotQuoted() throws Exception {
        JWK rsa = new RSAKeyGenerator(2048).generate();
        JWK ec = new ECKeyGenerator(Curve.P_256).generate();
        JWK oct = new OctetSequenceKeyGenerator(256).generate();

        for (JWK key : List.of(rsa, ec, oct)) {
            String secret =
                    (String) key.toJSONObject().get(key.getKeyType().getValue().equals("oct") ? "k" : "d");
            assertThatThrownBy(() -> accept("{\"keys\":[" + key.toJSONString() + "]}"))
                    .hasMessageContaining("private part")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(secret));
        }
        for (String member : List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k")) {
            refuse("{\"keys\":[" + EC + ",\"" + member + "\":\"AQAB\"}]}", "\"" + member + "\"");
            refuse("{\"keys\":[" + EC + ",\"" + member + "\":null}]}", "\"" + member + "\"");
        }
    }

    @Test
    void rsaKeys_haveTheirSizes() {
        accept(rsa(BigInteger.ONE.shiftLeft(2047).setBit(0), "AQAB"));
        accept(rsa(BigInteger.ONE.shiftLeft(8191).setBit(0), "Aw"));
        refuse(rsa(BigInteger.ONE.shiftLeft(2046).setBit(0), "AQAB"), "2048");
        refuse(rsa(BigInteger.ONE.shiftLeft(8192).setBit(0), "AQAB"), "8192");
        accept(rsa(BigInteger.ONE.shiftLeft(2047).setBit(0), "Af____8"));
        for (String exponent : List.of("AQ", "Ag", "AA", "AQAA", "AgAAAAE", "AQAAAAAAAAAB", "_".repeat(340))) {
            refuse(rsa(BigInteger.ONE.shiftLeft(2047).setBit(0), exponent), "odd e");
        }
        refuse(rsa(BigInteger.ONE.shiftLeft(2047), "AQAB"), "odd n");
        refuse(rsa(BigInteger.ONE.shiftLeft(2047).setBit(1), "AQAB"), "odd n");
    }

    @Test
    void membersThatVerifyingNeedsNot_areDropped() {
        String key = EC + ",\"kid\":\"a\",\"alg\":\"ES256\",\"use\":\"sig\"";
        String full = key + ",\"x5c\":[\"MIIC\"],\"x5t\":\"A\",\"key_ops\":[\"verify\"],\"ext\":true,\"iat\":1}";

        assertThat(stored("{\"keys\":[" + full + "],\"other\":{\"a\":[1]}}"))
                .isEqualTo("{\"keys\":[" + key + "}]}")
                .isEqualTo(stored("{\"keys\":[" + key + "}]}"));
    }

    @Test
    void kids_areShortAndWithoutControlCharacters() {
        accept("{\"keys\":[" + EC + ",\"kid\":\"" + "k".repeat(200) + "\"}]}");
        for (String kid : List.of("", "k".repeat(201), "a\\u0000b", "a\\n")) {
            refuse("{\"keys\":[" + EC + ",\"kid\":\"" + kid + "\"}]}", "kid");
        }
    }

    @Test
    void theLargestSet_isSmall() throws Exception {
        String n = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(BigInteger.ONE.shiftLeft(8191).setBit(0).toByteArray());
        String keys = IntStream.range(0, 10)
                .mapToObj(i -> "{\"kty\":\"RSA\",\"kid\":\"" + i + "k".repeat(199) + "\",\"n\":\"" + n
                        + "\",\"e\":\"AQAB\",\"x5c\":[\"" + "A".repeat(40_000) + "\"]}")
                .collect(Collectors.joining(","));

        assertThat(stored("{\"keys\":[" + keys + "]}")).hasSizeLessThan(17_000);
    }

    @Test
    void keys_areOneToTen() {
        for (int count : List.of(1, 10)) {
            accept(set(count));
        }
        for (int count : List.of(0, 11)) {
            refuse(set(count), "1 to 10 keys");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"keys\":{}}",
                "{\"keys\":null}",
                "{\"keys\":[1]}",
                "{\"keys\":[{}]}",
                "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}",
                "{\"keys\":[{\"kty\":\"oct\"}]}",
                "{\"keys\":[{\"kty\":\"rsa\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"+/+/\",\"e\":\"AQAB\"}]}",
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"AQ\",\"y\":\"AQ\"}]}",
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}]}",
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + X + "\",\"y\":\"" + X + "\"}]}",
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + X + "\"}]}",
                "{\"keys\":[" + EC + ",\"use\":\"enc\"}]}",
                "{\"keys\":[" + EC + ",\"alg\":\"RS256\"}]}",
                "{\"keys\":[" + EC + ",\"alg\":\"none\"}]}",
                "{\"keys\":[" + EC + ",\"kid\":7}]}",
                "{\"keys\":[" + EC + ",\"kid\":\"same\"}," + EC + ",\"kid\":\"same\"}]}",
                "{\"keys\":[" + EC + "}],\"keys\":[]}"
            })
    void everythingElse_isRefused(String jwks) {
        refuse(jwks, "jwks");
    }

    @Test
    void theRule_holdsForJsonToo() {
        ObjectNode document = Trees.object(
                Map.of("name", "n", "scopes", List.of("fx"), "jwks", Map.of("keys", List.of(Map.of("kty", "oct")))));

        assertThatThrownBy(() -> AccessKeySettingsJson.create(document)).hasMessageContaining("jwks keys[0]");
    }

    private static void accept(String jwks) {
        stored(jwks);
    }

    /** What a key keeps of a set that it is given. */
    private static String stored(String jwks) {
        try {
            ObjectNode document = JsonBinding.readObject("{\"name\":\"n\",\"scopes\":[\"fx\"],\"jwks\":" + jwks + "}");
            return String.valueOf(AccessKeySettingsJson.create(document).jwks());
        } catch (JsonSyntaxException e) {
            throw ServiceException.invalid("jwks", String.valueOf(e.getMessage()));
        }
    }

    private static void refuse(String jwks, String why) {
        assertThatThrownBy(() -> accept(jwks))
                .as(jwks)
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        e -> assertThat(e.errors())
                                .allSatisfy(error -> assertThat(error.field()).isEqualTo("jwks")))
                .hasMessageContaining(why);
    }

    private static String set(int count) {
        return "{\"keys\":[" + IntStream.range(0, count).mapToObj(i -> EC + "}").collect(Collectors.joining(","))
                + "]}";
    }

    private static String rsa(BigInteger modulus, String exponent) {
        byte[] bytes = modulus.toByteArray();
        String n = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return JsonBinding.text(Map.of("keys", List.of(Map.of("kty", "RSA", "n", n, "e", exponent))));
    }

    private static String publicJwk(JWK key) {
        return key.toPublicJWK().toJSONString();
    }
}
