package dev.latchkey.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Headers: a request has at most 100 fields and 16 KiB of them, 64 KiB at and below {@code /connect/verify}. */
class HeaderAttackIT {
    private static final String ATTACKER = "127.0.0.2";
    private static final int MANY_FIELDS = 3_260;

    @RegisterExtension
    static final AttackedService SERVICE = AttackedService.with();

    @Test
    void unfinishedHeadersOfManyFields_areRefusedBeforeTheyEnd() {
        String unfinished = Requests.head("GET", "/connect/token") + "a:b\r\n".repeat(MANY_FIELDS);

        List<Wire> wires = SERVICE.attacker(ATTACKER).flood(200, unfinished);
        SERVICE.token();

        assertThat(wires).extracting(Wire::status).isSubsetOf(431, 503, 0);
        assertThat(SERVICE.attacker("127.0.0.3").ask(unfinished).status()).isEqualTo(431);
    }

    @Test
    void headersOfManyFields_withABodyThatNeverComes_areRefused() {
        String request =
                Requests.formHead("/connect/token", "a:b\r\n".repeat(MANY_FIELDS - 30), "Content-Length: 100\r\n\r\n");

        List<Wire> wires = SERVICE.attacker(ATTACKER).flood(200, request);
        SERVICE.token();

        assertThat(wires).extracting(Wire::status).isSubsetOf(431, 503, 0);
        assertThat(SERVICE.attacker("127.0.0.3").ask(request).status()).isEqualTo(431);
    }

    @Test
    void unfinishedHeadersOfTheLargestSize_onMoreConnectionsThanThereMayBe_areBounded() {
        String unfinished = Requests.head("GET", "/connect/token") + ("a: " + "b".repeat(150) + "\r\n").repeat(97);

        for (int i = 2; i < 6; i++) {
            SERVICE.attacker("127.0.0." + i).flood(500, unfinished);
        }

        SERVICE.service().assertIsAlive();
    }

    @Test
    void unfinishedHeadersOfTheLargestSizeForForwardAuthentication_areBounded() {
        String unfinished = Requests.head("GET", "/connect/verify") + ("a: " + "b".repeat(640) + "\r\n").repeat(97);

        for (int i = 2; i < 6; i++) {
            SERVICE.attacker("127.0.0." + i).flood(300, unfinished);
        }

        SERVICE.service().assertIsAlive();
    }

    @Test
    void aHundredFields_areTaken_andOneMoreIsNot() {
        for (String method : List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "BREW")) {
            assertMostFields(method);
        }
    }

    private static void assertMostFields(String method) {
        String fits = Requests.head(method, "/.well-known/jwks.json") + "a:b\r\n".repeat(99);

        Wire wire = SERVICE.attacker(ATTACKER).open();
        wire.send(fits + "\r\n");
        Wire other = SERVICE.attacker(ATTACKER).open();
        other.send(fits + "a:b\r\n\r\n");

        assertThat(wire.statusOf(method)).isNotEqualTo(431).isNotZero();
        assertThat(other.statusOf(method)).isEqualTo(431);
    }

    @Test
    void fields_areCountedInEachRequestAnew() {
        String fits = Requests.get("/.well-known/jwks.json", "a:b\r\n".repeat(99));

        Wire wire = SERVICE.attacker(ATTACKER).open();
        for (int i = 0; i < 5; i++) {
            wire.send(fits);
            assertThat(wire.status()).isEqualTo(200);
        }
    }

    @Test
    void trailers_areKeptNowhere() {
        String request = Requests.formHead("/connect/token", "Transfer-Encoding: chunked\r\n\r\n") + "1\r\na\r\n0\r\n";

        SERVICE.attacker(ATTACKER).flood(400, request + "a:b\r\n".repeat(MANY_FIELDS));

        SERVICE.token();
        assertThat(status(request + "a: b\r\n\r\n")).isEqualTo(401);
    }

    @Test
    void theLargestHeaders_withBodiesThatNeverEnd_areBounded() {
        String fields = ("a: " + "b".repeat(150) + "\r\n").repeat(95);
        String request =
                Requests.formHead("/connect/token", fields, "Content-Length: 16384\r\n\r\n") + "a".repeat(16_383);

        SERVICE.attacker(ATTACKER).flood(600, request);
        SERVICE.attacker("127.0.0.3").flood(400, request);

        SERVICE.service().assertIsAlive();
    }

    @Test
    void headersOverSixteenKibibytes_are431() {
        String cookies = "Cookie: " + "c".repeat(17 * 1024) + "\r\n";
        for (String path : List.of("/connect/token", "/.well-known/jwks.json", "/api/keys", "/nowhere")) {
            assertThat(status(Requests.get(path, cookies))).as(path).isEqualTo(431);
        }
    }

    @Test
    void cookiesOfAnApplication_areTakenForForwardAuthentication_upTo64Kibibytes() {
        String token = SERVICE.token();
        String cookies = "Cookie: " + "c".repeat(60 * 1024) + "\r\n";
        for (String path : List.of("/connect/verify", "/connect/verify/", "/connect/verify/some/page?scope=fx")) {
            assertThat(status(Requests.get(path, cookies, Requests.bearer(token))))
                    .as(path)
                    .isEqualTo(200);
            assertThat(status(Requests.get(path, cookies, "d: " + "d".repeat(5_000) + "\r\n")))
                    .as(path)
                    .isEqualTo(431);
        }
    }

    @Test
    void noOtherPath_mayHaveThatMuch() {
        String cookies = "Cookie: " + "c".repeat(20 * 1024) + "\r\n";
        for (String path : List.of(
                "/connect/verifyx",
                "/connect/verif",
                "/api/keys/connect/verify",
                "//connect/verify",
                "/x/../connect/verify",
                "/connect/token?/connect/verify",
                "http://localhost/connect/token",
                "http://x/connect/verify@localhost/connect/token")) {
            assertThat(status(Requests.get(path, cookies))).as(path).isIn(400, 431);
        }
    }

    private static int status(String request) {
        return SERVICE.attacker(ATTACKER).ask(request).status();
    }

    @Test
    void veryLongTargetsAndQueries_areRefused() {
        for (String path : List.of("/connect/token", "/.well-known/jwks.json", "/dashboard/", "/api/keys")) {
            for (String query :
                    List.of("?q=" + "a".repeat(20_000), "?" + "a&".repeat(10_000), "/" + "b".repeat(20_000))) {
                assertThat(SERVICE.attacker(ATTACKER)
                                .ask(Requests.get(path + query))
                                .status())
                        .isIn(414, 431);
            }
        }
    }
}
