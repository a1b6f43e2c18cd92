package dev.latchkey.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens and assertions with invalid signatures, made to cost much before that is found out. */
class TokenAttackIT {
    private static final String ATTACKER = "127.0.0.2";

    /** Base64url makes four of three; a header may have 16 KiB, and 64 KiB for forward authentication. */
    private static final int LARGE = 11_000;

    @RegisterExtension
    static final AttackedService SERVICE = AttackedService.with();

    private static Stream<String> hostileTokens() {
        String header = "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"a\"}";
        String payload = "{\"iss\":\"a\",\"sub\":\"a\"}";
        return Stream.of(
                jwt(header, "{\"a\":" + "[".repeat(LARGE)),
                jwt(header, "{\"a\":".repeat(LARGE / 5)),
                jwt(header, "{\"a\":" + "9".repeat(LARGE) + "}"),
                jwt(header, "{\"exp\":1e" + "9".repeat(300) + "}"),
                jwt(header, "{\"exp\":1e999999999,\"iat\":-1e999999999}"),
                jwt(header, "{" + "\"a\":1,".repeat(LARGE / 6) + "\"b\":2}"),
                jwt("{\"alg\":" + "[".repeat(LARGE), payload),
                jwt("{\"alg\":\"" + "R".repeat(LARGE) + "\"}", payload),
                jwt("{\"alg\":\"RS256\",\"kid\":\"" + "k".repeat(LARGE) + "\"}", payload),
                jwt("{\"alg\":\"RS256\",\"kid\":\"a\",\"zip\":\"DEF\"}", "x\u0001".repeat(LARGE / 2)),
                jwt("{\"alg\":\"RS256\",\"kid\":\"a\",\"crit\":[\"b64\"],\"b64\":false}", payload),
                jwt(
                        "{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"RSA\",\"n\":\"" + "_".repeat(LARGE)
                                + "\",\"e\":\"AQAB\"}}",
                        payload),
                jwt("{\"alg\":\"RS256\",\"x5u\":\"http://127.0.0.1:1/\",\"jku\":\"http://127.0.0.1:1/\"}", payload),
                jwt("{\"alg\":\"none\"}", payload),
                jwt(header, payload) + "A".repeat(LARGE),
                ".".repeat(LARGE),
                "..",
                "a".repeat(LARGE),
                "A".repeat(LARGE) + ".A.A",
                jwt(header, payload) + ".a.b.c");
    }

    private static String jwt(String header, String payload) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(header.getBytes(StandardCharsets.ISO_8859_1)) + "."
                + base64.encodeToString(payload.getBytes(StandardCharsets.ISO_8859_1)) + "."
                + "A".repeat(342);
    }

    @Test
    void hostileTokens_areRefusedByForwardAuthentication() {
        assertAnswered(token -> Requests.get("/connect/verify", Requests.bearer(token)), 400, 401);
    }

    @Test
    void hostileTokens_areRefusedByTheApi() {
        assertAnswered(token -> Requests.get("/api/keys", Requests.bearer(token)), 400, 401);
    }

    @Test
    void hostileTokens_areInactive() {
        String own = Requests.basic(Requests.CLIENT);
        assertAnswered(token -> Requests.form("/connect/introspect", "token=" + token, own), 200);
    }

    @Test
    void hostileTokens_areNothingToRevoke() {
        String own = Requests.basic(Requests.CLIENT);
        assertAnswered(token -> Requests.form("/connect/revocation", "token=" + token, own), 200);
    }

    @Test
    void hostileAssertions_areRefused() {
        assertAnswered(
                token -> Requests.form("/connect/token", "grant_type=client_credentials&" + assertion(token)),
                400,
                401);
        assertAnswered(token -> Requests.form("/connect/introspect", "token=a&" + assertion(token)), 400, 401);
    }

    private static String assertion(String token) {
        return "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion="
                + token;
    }

    /** Each is answered so, or the service is too busy and says it. */
    private static void assertAnswered(UnaryOperator<String> request, Integer... statuses) {
        List<Integer> expected =
                Stream.concat(Stream.of(statuses), Stream.of(503)).toList();
        List<String> tokens = hostileTokens().toList();
        String requests = tokens.stream().map(request).collect(Collectors.joining());

        List<Wire> wires = SERVICE.attacker(ATTACKER).open(10);
        for (int round = 0; round < 3; round++) {
            wires.forEach(wire -> wire.send(requests));
            SERVICE.token();
            for (Wire wire : wires) {
                tokens.forEach(token -> assertThat(wire.status())
                        .as(token.substring(0, Math.min(100, token.length())))
                        .isIn(expected));
            }
        }
    }
}
