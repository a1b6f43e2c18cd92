package dev.latchkey.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Answers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies: of strangers few bytes are read, and of no client many at once or many values. */
class BodyAttackIT {
    private static final String ATTACKER = "127.0.0.2";
    private static final int MEBIBYTE = 1024 * 1024;

    @RegisterExtension
    static final AttackedService SERVICE = AttackedService.with();

    @Test
    void signIn_withNestedJson_isRefusedUnread() {
        String nested = "{\"username\":\"a\",\"password\":" + "[".repeat(MEBIBYTE - 100);

        List<Wire> wires = SERVICE.attacker(ATTACKER).flood(12, signIn(nested));
        SERVICE.token();

        assertThat(wires).extracting(Wire::status).containsOnly(413);
    }

    @Test
    void signIn_takesFourKibibytes_andNoMore() {
        String longest = "{\"username\":\"a\",\"password\":\"%s\"}";
        int room = 4096 - longest.length() + 2;

        assertThat(SERVICE.attacker(ATTACKER)
                        .ask(signIn(longest.formatted("x".repeat(room))))
                        .status())
                .isIn(401, 422);
        assertThat(SERVICE.attacker(ATTACKER)
                        .ask(signIn(longest.formatted("x".repeat(room + 1))))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void signIn_withNestedJsonOfFourKibibytes_isRefused() {
        String start = "{\"username\":\"a\",\"password\":";
        for (String opening : List.of("[", "{\"a\":", "[{\"a\":", "[[],")) {
            String nested = start + opening.repeat((4096 - start.length()) / opening.length());

            List<Wire> wires = SERVICE.attacker(ATTACKER).flood(50, signIn(nested));

            assertThat(wires).extracting(Wire::status).isSubsetOf(400, 422, 503);
        }
    }

    @Test
    void signIn_withManyUnknownFields_tellsFewOfThem_andLogsNone() {
        String fields =
                IntStream.range(0, 25).mapToObj(i -> "\"strange" + i + "\":0").collect(Collectors.joining(","));

        Answer answer = SERVICE.attacker(ATTACKER).ask(signIn("{" + fields + "}"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat((List<?>) Answers.json(answer.body()).get("errors")).hasSizeLessThanOrEqualTo(20);
        assertThat(SERVICE.service().log()).doesNotContain("strange");
    }

    @Test
    void signIn_withAnUnknownFieldOfALongName_isAnsweredShortly() {
        Answer answer = SERVICE.attacker(ATTACKER).ask(signIn("{\"" + "strange".repeat(550) + "\":0}"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).hasSizeLessThan(1_500);
        assertThat(SERVICE.service().log()).doesNotContain("strange");
    }

    @Test
    void aStrangersChange_isRefusedWhateverItsBody() {
        String nested = Requests.json("POST", "/api/keys", "[".repeat(MEBIBYTE));

        List<Wire> wires = SERVICE.attacker(ATTACKER).flood(50, nested);

        assertThat(wires).extracting(Wire::status).isSubsetOf(401, 503);
    }

    @Test
    void aDevelopersHostileBodies_areRefused_andFewTakeMemoryAtOnce() {
        String developer = SERVICE.developer();
        List<String> hostile = List.of(
                "{\"name\":" + "[".repeat(MEBIBYTE - 100),
                "{\"name\":[" + "{},".repeat(340_000) + "0]}",
                "{"
                        + IntStream.range(0, 70_000)
                                .mapToObj(i -> "\"f" + i + "\":0")
                                .collect(Collectors.joining(",")) + "}",
                "{\"name\":\"a\",\"scopes\":[" + "\"\",".repeat(330_000) + "\"fx\"]}",
                "{\"name\":\"a\",\"claims\":{\"a\":[" + "1,".repeat(500_000) + "1]}}",
                "{\"name\":" + "9".repeat(MEBIBYTE - 100) + "}");

        for (String body : hostile) {
            String request = Requests.json("POST", "/api/keys", body, developer);
            List<Wire> wires = SERVICE.attacker(ATTACKER).flood(12, request);
            SERVICE.token();

            assertThat(wires).allSatisfy(wire -> {
                Answer answer = wire.answer().orElseThrow();
                assertThat(answer.status()).isIn(400, 413, 422, 503);
                assertThat(answer.body()).hasSizeLessThan(10_000);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connect/token", "/api/session", "/api/keys", "/nowhere"})
    void bodiesThatNeverEnd_holdNoMemory(String path) {
        String head = Requests.formHead(path, Requests.SAME_ORIGIN);
        String almost = "a".repeat(16 * 1024 - 1);

        for (int i = 2; i < 6; i++) {
            SERVICE.attacker("127.0.0." + i).flood(250, head + "Content-Length: " + 16 * 1024 + "\r\n\r\n" + almost);
        }

        SERVICE.service().assertIsAlive();
    }

    @Test
    void aDevelopersBodiesThatNeverEnd_lockNoOtherClientOut() {
        String head = Requests.head("POST", "/api/keys", SERVICE.developer())
                + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n";

        SERVICE.attacker(ATTACKER).flood(200, head + "a".repeat(900_000));

        SERVICE.token();
        assertThat(SERVICE.promptly(Requests.get("/api/keys", SERVICE.developer()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDevelopersLargestHeaders_withBodiesThatNeverEnd_areBounded() {
        String fields = ("a: " + "b".repeat(150) + "\r\n").repeat(90);
        String request = Requests.head("POST", "/api/keys", SERVICE.developer(), fields)
                + "Content-Type: application/json\r\nContent-Length: 16384\r\n\r\n" + " ".repeat(16_383);

        SERVICE.attacker(ATTACKER).flood(600, request);
        SERVICE.attacker("127.0.0.3").flood(400, request);

        SERVICE.service().assertIsAlive();
    }

    @Test
    void endlessChunkExtensions_areRefused_orKeptNowhere() {
        for (String path : List.of("/connect/token", "/api/session", "/api/keys", "/nowhere")) {
            String head = Requests.formHead(path, Requests.SAME_ORIGIN, "Transfer-Encoding: chunked\r\n\r\n");

            List<Wire> wires = SERVICE.attacker(ATTACKER).flood(50, head + "1;" + "x".repeat(20_000));
            wires.forEach(wire -> wire.send("x".repeat(100_000)));

            SERVICE.token();
        }
    }

    @Test
    void anExpectedContinue_costsNothingWhileItIsAwaited() {
        String head = Requests.formHead("/connect/token", "Expect: 100-continue\r\nContent-Length: 16000\r\n\r\n");

        List<Wire> wires = SERVICE.attacker(ATTACKER).flood(400, head);

        SERVICE.token();
        assertThat(wires).extracting(Wire::status).isSubsetOf(100, 401, 417, 503, 0);
    }

    private static String signIn(String json) {
        return Requests.json("POST", "/api/session", json, Requests.SAME_ORIGIN);
    }
}
