package dev.latchkey.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a Developer may do, who may make keys and list them. */
class DeveloperAttackIT {
    private static final String DEVELOPERS = "127.0.0.2";

    @RegisterExtension
    static final AttackedService SERVICE = AttackedService.with();

    @Test
    void listsOfTheLargestKeys_manyAtOnce_areAnsweredOrTurnedAway() {
        String developer = SERVICE.developer();
        String request = Requests.json("POST", "/api/keys", largestKey(), developer);
        Wire wire = SERVICE.attacker(DEVELOPERS).open();
        for (int i = 0; i < 220; i++) {
            wire.send(request);
            assertThat(wire.status()).isEqualTo(201);
        }

        for (String query : List.of("?limit=100", "", "?q=d&limit=100", "?limit=100&enabled=true")) {
            List<Wire> lists = SERVICE.attacker(DEVELOPERS).flood(24, Requests.get("/api/keys" + query, developer));
            SERVICE.token();
            assertThat(lists).extracting(Wire::status).isSubsetOf(200, 503);
        }

        // Their answers are never read.
        Attacker attacker = SERVICE.attacker(DEVELOPERS);
        for (int i = 0; i < 24; i++) {
            attacker.openNarrow()
                    .send(Requests.get("/api/keys?limit=100", developer).repeat(5));
        }
        for (int i = 0; i < 10; i++) {
            SERVICE.token();
            assertThat(SERVICE.promptly(Requests.get("/api/scopes", developer)).status())
                    .isEqualTo(200);
        }
    }

    /** Every field as large as it may be, as JSON in ASCII. */
    private static String largestKey() {
        Random random = new Random(1);
        String keys = IntStream.range(0, 10)
                .mapToObj(i -> "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"%s\",\"note\":\"%s\"}"
                        .formatted(oddNumber(8192, random), "n".repeat(1_800)))
                .collect(Collectors.joining(","));
        String audience = IntStream.range(0, 7)
                .mapToObj(i -> "\"" + i + "a".repeat(490) + "\"")
                .collect(Collectors.joining(","));
        return "{\"name\":\"%s\",\"description\":\"%s\",\"scopes\":[\"fx\"],\"audience\":[%s],\"jwks\":{\"keys\":[%s]}}"
                .formatted("n".repeat(200), "\\u00e9".repeat(1_000), audience, keys);
    }

    @Test
    void unknownMembersOfAJwks_areNotKept() {
        String jwks =
                "{\"more\":\"strange\",\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"%s\",\"kid\":\"k\",\"note\":\"strange\"}]}"
                        .formatted(oddNumber(2048, new Random(2)));

        Answer answer = create(jwks);

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).contains("\"kid\":\"k\"").doesNotContain("strange");
    }

    @Test
    void modulesOfOtherSizes_areRefused() {
        for (int bits : List.of(1024, 2047, 8193, 16_384, 24_000, 80_000)) {
            assertThat(create(rsa(oddNumber(bits, new Random(3)), "AQAB")).status())
                    .isEqualTo(422);
        }
    }

    @Test
    void hostileNumbers_areRefused() {
        BigInteger odd = new BigInteger(1, Base64.getUrlDecoder().decode(oddNumber(2048, new Random(4))));
        String n = base64(odd);
        for (String e : List.of("", "AA", "AQ", "Ag", "AAAA", "AgAAAAE", "_".repeat(342), "AQAB=", "!", "_____w")) {
            boolean fits = e.equals("_____w");
            assertThat(create(rsa(n, e)).status()).as("e %s", e).isEqualTo(fits ? 201 : 422);
        }
        for (String bad : List.of(base64(odd.subtract(BigInteger.ONE)), "", "AA", "AAAA", "A".repeat(400))) {
            assertThat(create(rsa(bad, "AQAB")).status()).as("n %s", bad).isEqualTo(422);
        }
        for (String ec : List.of(
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}"
                        .formatted("A".repeat(43), "A".repeat(43)),
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"\",\"y\":\"\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":1e9999999,\"y\":[]}",
                "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}",
                "{\"kty\":{},\"n\":[],\"e\":null}")) {
            assertThat(create("{\"keys\":[" + ec + "]}").status()).as(ec).isIn(400, 422);
        }
    }

    @Test
    void hostileQueries_areAnswered() {
        for (String query : List.of(
                "limit=1000000000",
                "limit=-1",
                "limit=0",
                "limit=99999999999999999999",
                "cursor=AAAA",
                "cursor=%00",
                "q=%25%25%25",
                "q=%ff",
                "q=%00",
                "unknown=1")) {
            assertThat(SERVICE.api(Requests.get("/api/keys?" + query, SERVICE.developer()))
                            .status())
                    .as(query)
                    .isIn(200, 400, 422);
        }
    }

    private static Answer create(String jwks) {
        String key = "{\"name\":\"a\",\"scopes\":[\"fx\"],\"jwks\":%s}".formatted(jwks);
        return SERVICE.api(Requests.json("POST", "/api/keys", key, SERVICE.developer()));
    }

    private static String rsa(String n, String e) {
        return "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\"}]}".formatted(n, e);
    }

    private static String oddNumber(int bits, Random random) {
        return base64(new BigInteger(bits, random).setBit(bits - 1).setBit(0));
    }

    /** Unsigned (RFC 7518 §2, Base64urlUInt). */
    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }
}
