package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.data;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too large, of the wrong type, or made to hurt. */
class BodiesTest {
    private static final int MIB = 1024 * 1024;

    private static final TestService service = TestService.shared();

    private static ApiClient owner;
    private static String token;

    @BeforeAll
    static void start() {
        token = accessToken(service.token(service.key("fx", "latchkey:owner"), ""));
        owner = ApiClient.withToken(service, token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "{]",
                "nonsense",
                "{'name':'n'}",
                "{name:1}",
                "{\"name\":NaN}",
                "{\"name\":Infinity}",
                "{\"name\":-Infinity}",
                "{\"name\":01}",
                "{\"name\":+1}",
                "{\"name\":.5}",
                "{\"name\":1.}",
                "{\"name\":\"\\x\"}",
                "{\"name\":\"a\tb\"}",
                "{\"name\":\"n\",\"name\":\"m\"}",
                "{\"claims\":{\"a\":1,\"a\":2}}",
                "{} {}",
                "{},",
                "{\"a\":1,}",
                "// x\n{}",
                "{\"name\":\"\\ud800\"}",
                "{\"\\udc00\":1}",
                "{\"name\":\"\\udc00\\ud800\"}",
                "\uFEFF{",
                "{\"name\":1e99999999999}",
                "{\"name\":1e-99999}",
                "{\"name\":\"unfinished"
            })
    void whatIsNoJson_is400(String body) {
        assertProblem(owner.post("/api/keys", body), 400);
        assertProblem(owner.post("/api/scopes", body), 400);
        assertProblem(owner.post("/api/users", body), 400);
    }

    @Test
    void numbersOfManyDigits_andDeepNesting_are400() {
        assertProblem(owner.post("/api/keys", "{\"token_lifetime\":" + "9".repeat(100_000) + "}"), 400);
        assertProblem(owner.post("/api/keys", "{\"claims\":" + "[".repeat(100_000)), 400);
        assertProblem(owner.post("/api/keys", "{\"claims\":" + "{\"a\":".repeat(100_000)), 400);
    }

    @Test
    void bytesThatAreNoUtf8_are400() {
        byte[] body = {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};

        HttpResponse<String> answer = service.send(service.request("/api/keys")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));

        assertProblem(answer, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "\"text\"", "true", "[{\"name\":\"n\"}]"})
    void jsonOfAnotherKind_is422(String body) {
        assertProblem(owner.post("/api/keys", body), 422);
        assertProblem(owner.patch("/api/keys/x", body), 422);
        assertProblem(owner.post("/api/session", body), 403);
    }

    @Test
    void noBody_is415_sinceItHasNoType_and400WithOne() {
        assertProblem(owner.post("/api/keys", ""), 415);
        assertProblem(owner.with("Content-Type", "application/json").post("/api/keys", ""), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/merge-patch+json", "application/xml", "json", ";", "application/json2"
            })
    void otherTypes_are415(String type) {
        assertProblem(owner.with("Content-Type", type).post("/api/keys", "{}"), 415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json ;x=y"
            })
    void json_isTaken_withParametersAndInAnyCase(String type) {
        HttpResponse<String> answer = owner.with("Content-Type", type).post("/api/keys", "{}");

        assertProblem(answer, 422);
    }

    @Test
    void nul_isRefusedWhereItIsText() {
        assertProblem(owner.post("/api/keys", "{\"name\":\"a\\u0000b\",\"scopes\":[\"fx\"]}"), 422);
        assertProblem(owner.post("/api/scopes", "{\"name\":\"a\",\"description\":\"\\u0000\"}"), 422);
        assertProblem(owner.post("/api/scopes", "{\"name\":\"a\\u0000\"}"), 422);
        assertProblem(
                owner.post(
                        "/api/users", "{\"username\":\"a\\u0000\",\"password\":\"123456789012\",\"role\":\"admin\"}"),
                422);
    }

    @Test
    void bodiesUpToOneMiB_areRead_andLargerOnesAre413() {
        assertProblem(owner.post("/api/keys", padded(MIB)), 422);
        assertProblem(owner.post("/api/keys", padded(MIB + 1)), 413);
        assertProblem(chunked(padded(MIB)), 422);
        assertProblem(chunked(padded(MIB + 1)), 413);
    }

    /** What a caller sends ends up in the log of refusals: on one line, and not all of it. */
    @Test
    void fieldNamesOfAnyKind_comeBackAsTheyAre() {
        HttpResponse<String> answer = owner.post("/api/scopes", "{\"name\":\"x\",\"<b>\\n\\u202e\\u0000\":1}");

        assertProblem(answer, 422);
        assertThat(json(answer).get("errors").toString()).contains("<b>\n\u202e\u0000");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/api/keys",
        "PATCH,/api/keys/x",
        "POST,/api/keys/x/rotate",
        "POST,/api/scopes",
        "POST,/api/users",
        "PATCH,/api/users/x"
    })
    void nothingIsMadeOfARefusedBody(String method, String path) {
        int keys = data(owner.get("/api/keys?limit=100")).size();

        assertThat(owner.send(method, path, "{\"unknown\":1}").statusCode()).isBetween(400, 499);

        assertThat(data(owner.get("/api/keys?limit=100"))).hasSize(keys);
    }

    @Test
    void manyValues_are400_howeverShortTheirText() {
        assertProblem(owner.post("/api/keys", "{\"claims\":{\"a\":[" + "[],".repeat(100_000) + "1]}}"), 400);
        assertProblem(owner.post("/api/keys", "{\"claims\":{\"a\":[" + "{},".repeat(100_000) + "1]}}"), 400);
        assertProblem(owner.post("/api/keys", "{\"scopes\":[" + "1,".repeat(100_000) + "1]}"), 400);
        assertProblem(owner.post("/api/keys", "{" + names(9_000) + "}"), 400);
    }

    @Test
    void theLargestKey_isRead() {
        String claims = "\"a\":[" + "[],".repeat(1360) + "1]";

        assertThat(owner.post("/api/keys", "{\"name\":\"n\",\"scopes\":[\"fx\"],\"claims\":{" + claims + "}}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void ofManyErrors_twentyAreTold_andNamesAreCut() {
        HttpResponse<String> answer = owner.post("/api/keys", "{" + names(1000) + "}");

        assertProblem(answer, 422);
        assertThat(answer.body()).hasSizeLessThan(5_000);
        assertThat((List<?>) json(answer).get("errors"))
                .hasSize(20)
                .allSatisfy(error -> assertThat(String.valueOf(((Map<?, ?>) error).get("field")))
                        .hasSizeLessThanOrEqualTo(64));
        assertThat(json(answer).get("detail").toString()).endsWith("; and 982 more");
    }

    @Test
    void namesOfQueryParameters_areCutToo() {
        HttpResponse<String> answer = owner.get("/api/keys?" + "x".repeat(5_000) + "=1");

        assertProblem(answer, 422);
        assertThat(answer.body()).hasSizeLessThan(600);
    }

    /** So many fields that no endpoint has, with long names. */
    private static String names(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + i + "x".repeat(100) + "\":1")
                .collect(Collectors.joining(","));
    }

    private static String padded(int length) {
        String start = "{\"x\":\"";
        return start + "y".repeat(length - start.length() - 2) + "\"}";
    }

    private static HttpResponse<String> chunked(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return service.send(service.request("/api/keys")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));
    }

    private static void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(json(answer)).containsEntry("status", (long) status);
    }
}
