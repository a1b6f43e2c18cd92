package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.fieldsAtFault;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changing an access key: merge patch, lost updates, rotation, removal. */
class KeyChangesTest {
    private static final String GRANT = "grant_type=client_credentials";

    @RegisterExtension
    private static final TestService service = TestService.fresh();

    private static ApiClient owner;

    private String id;
    private String path;
    private String secret;

    @BeforeAll
    static void start() {
        service.key("fx", "vault");
        owner = ApiClient.withScopes(service, "latchkey:owner");
    }

    @BeforeEach
    void createKey() {
        Map<String, Object> key = json(owner.post(
                "/api/keys",
                "{\"name\":\"n\",\"description\":\"d\",\"scopes\":[\"fx\"],\"token_lifetime\":60,"
                        + "\"claims\":{\"a\":1,\"b\":{\"c\":2,\"d\":3}}}"));
        id = (String) key.get("id");
        secret = (String) key.get("secret");
        path = "/api/keys/" + id;
    }

    @Nested
    class Patch {
        @Test
        void whatIsLeftOut_stays_andNullResets() {
            service.clock().advance(Duration.ofSeconds(5));

            HttpResponse<String> answer =
                    owner.patch(path, "{\"description\":null,\"token_lifetime\":null,\"scopes\":[\"vault\",\"fx\"]}");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer))
                    .containsEntry("name", "n")
                    .containsEntry("description", "")
                    .containsEntry("token_lifetime", null)
                    .containsEntry("scopes", List.of("vault", "fx"))
                    .doesNotContainKey("secret");
            assertThat(json(answer).get("updated_at")).isNotEqualTo(json(answer).get("created_at"));
            assertThat(json(owner.get(path))).isEqualTo(json(answer));
        }

        @Test
        void objects_areMerged_memberByMember() {
            HttpResponse<String> answer = owner.patch(path, "{\"claims\":{\"a\":null,\"b\":{\"c\":9},\"e\":[null]}}");

            assertThat(json(answer).get("claims").toString()).isEqualTo("{b={c=9, d=3}, e=[null]}");
        }

        @Test
        void anEmptyPatch_changesNothing() {
            HttpResponse<String> before = owner.get(path);
            service.clock().advance(Duration.ofSeconds(5));

            for (String patch : List.of("{}", "{\"name\":\"n\",\"claims\":{\"a\":1},\"audience\":null}")) {
                HttpResponse<String> after = owner.patch(path, patch);
                assertThat(after.body()).isEqualTo(before.body());
                assertThat(after.headers().firstValue("ETag"))
                        .isEqualTo(before.headers().firstValue("ETag"));
            }
            assertThat(owner.get("/api/audit?subject=" + id).body()).doesNotContain("key.edit");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "application/merge-patch+json",
                    "Application/Merge-Patch+JSON; charset=utf-8"
                })
        void bothMediaTypes_areTaken(String type) {
            assertThat(owner.with("Content-Type", type).patch(path, "{}").statusCode())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/plain", "application/json-patch+json", "application/x-www-form-urlencoded"})
        void others_are415(String type) {
            assertThat(owner.with("Content-Type", type).patch(path, "{}").statusCode())
                    .isEqualTo(415);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "id",
                    "secret",
                    "secrets",
                    "created_at",
                    "created_by",
                    "last_used_at",
                    "revision",
                    "__proto__"
                })
        void whatNoCallerMaySet_is422(String field) {
            assertThat(fieldsAtFault(owner.patch(path, "{\"" + field + "\":null}")))
                    .containsExactly(field);
        }

        @ParameterizedTest
        @CsvSource({"name,name", "scopes,scopes"})
        void whatAKeyMustHave_cannotBeReset(String field, String atFault) {
            assertThat(fieldsAtFault(owner.patch(path, "{\"" + field + "\":null}")))
                    .containsExactly(atFault);
        }

        @Test
        void anUnknownKey_is404() {
            assertThat(owner.patch("/api/keys/ack_unknown", "{}").statusCode()).isEqualTo(404);
        }

        @Test
        void switchingOff_stopsTheKeyAtOnce_andOnAgainStartsIt() {
            owner.patch(path, "{\"enabled\":false}");
            assertThat(service.token(TestService.basic(id, secret), GRANT).statusCode())
                    .isEqualTo(401);
            owner.patch(path, "{\"enabled\":true}");
            assertThat(service.token(TestService.basic(id, secret), GRANT).statusCode())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Preconditions {
        @Test
        void theEtagGrows_withEachChange() {
            String first = etag(owner.get(path));
            String second = etag(owner.patch(path, "{\"name\":\"m\"}"));

            assertThat(second).isNotEqualTo(first);
            assertThat(etag(owner.get(path))).isEqualTo(second);
        }

        @Test
        void ofTwoWhoSawTheSame_theSecondIsTold() {
            ApiClient sawIt = owner.with("If-Match", etag(owner.get(path)));

            assertThat(sawIt.patch(path, "{\"name\":\"first\"}").statusCode()).isEqualTo(200);
            HttpResponse<String> second = sawIt.patch(path, "{\"name\":\"second\"}");

            assertThat(second.statusCode()).isEqualTo(412);
            assertThat(json(second)).containsEntry("title", "Precondition Failed");
            assertThat(json(owner.get(path))).containsEntry("name", "first");
            assertThat(sawIt.delete(path).statusCode()).isEqualTo(412);
            assertThat(owner.with("If-Match", etag(owner.get(path)))
                            .delete(path)
                            .statusCode())
                    .isEqualTo(204);
        }

        @Test
        void ofManyAtOnceWhoSawTheSame_oneChangesIt() throws InterruptedException {
            ApiClient sawIt = owner.with("If-Match", etag(owner.get(path)));
            Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
            List<Thread> callers = IntStream.range(0, 8)
                    .mapToObj(i -> new Thread(() -> statuses.add(
                            sawIt.patch(path, "{\"name\":\"writer " + i + "\"}").statusCode())))
                    .toList();
            callers.forEach(Thread::start);
            for (Thread caller : callers) {
                caller.join();
            }

            assertThat(statuses).hasSize(8).containsOnly(200, 412).containsOnlyOnce(200);
        }

        @Test
        void withoutIt_theLastWriterWins() {
            assertThat(owner.patch(path, "{\"name\":\"first\"}").statusCode()).isEqualTo(200);
            assertThat(owner.patch(path, "{\"name\":\"second\"}").statusCode()).isEqualTo(200);
        }

        /** RFC 9110 §13.1.1 and §8.8.3.2: compared strongly. The key is at revision 1. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                "1"             | 200
                *               | 200
                "0", "1", "x"   | 200
                ,"1",           | 200
                W/"1"           | 200
                W/"2"           | 412
                W/"1", "1"      | 200
                W/"9", W/"1"    | 200
                "1-gzip"        | 200
                W/"1-br"        | 200
                "1--gzip"       | 200
                "1;gzip"        | 200
                "1-zstd"        | 200
                "1-x"           | 412
                w/"1"           | 400
                "2"             | 412
                "01"            | 412
                "+1"            | 412
                ""              | 412
                "abc"           | 412
                "1 "            | 400
                "99999999999999999999" | 412
                1               | 400
                "1              | 400
                1"              | 400
                w/"1"           | 400
                "1""1"          | 400
                "1" "1"         | 400
                *, "1"          | 400
                ,               | 400
                """)
        void ifMatch_isReadAsTheRfcSays(String header, int status) {
            assertThat(owner.with("If-Match", header).patch(path, "{}").statusCode())
                    .isEqualTo(status);
            assertThat(owner.with("If-Match", header).delete(path).statusCode())
                    .isEqualTo(status == 200 ? 204 : status);
        }

        @Test
        void whatIsNotThere_is404_whateverTheCallerSaw() {
            owner.delete(path);

            for (String header : List.of("*", "\"1\"", "\"x\"")) {
                assertThat(owner.with("If-Match", header).patch(path, "{}").statusCode())
                        .isEqualTo(404);
                assertThat(owner.with("If-Match", header).delete(path).statusCode())
                        .isEqualTo(404);
            }
        }

        @Test
        void whoMayNot_isToldSo_whateverTheySaw() {
            ApiClient developer = ApiClient.withScopes(service, "latchkey:developer");

            assertThat(developer.with("If-Match", "\"7\"").patch(path, "{}").statusCode())
                    .isEqualTo(403);
        }

        private String etag(HttpResponse<String> answer) {
            return answer.headers().firstValue("ETag").orElseThrow();
        }
    }

    @Nested
    class Rotate {
        @Test
        void showsTheNewSecretOnce_andTheOldOneWorksForADay() {
            HttpResponse<String> answer = owner.send("POST", path + "/rotate", "");
            Map<String, Object> rotated = json(answer);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("ETag")).contains("\"2\"");
            assertThat((List<?>) rotated.get("secrets")).hasSize(2);
            assertThat(owner.get(path).body()).doesNotContain((String) rotated.get("secret"));
            assertThat(tokenStatus((String) rotated.get("secret"))).isEqualTo(200);
            service.clock().advance(Duration.ofHours(24).minusSeconds(1));
            assertThat(tokenStatus(secret)).isEqualTo(200);
            service.clock().advance(Duration.ofSeconds(1));
            assertThat(tokenStatus(secret)).isEqualTo(401);
            owner = ApiClient.withScopes(service, "latchkey:owner");
        }

        @ParameterizedTest
        @CsvSource({
            "0, 0",
            "0s, 0",
            "PT0S, 0",
            "30s, 30",
            "60m, 3600",
            "PT1H, 3600",
            "2h, 7200",
            "7d, 604800",
            "P30D, 2592000"
        })
        void grace_isADurationAsPeopleWriteIt(String grace, long seconds) {
            Map<String, Object> rotated = json(owner.post(path + "/rotate", "{\"grace\":\"" + grace + "\"}"));

            List<?> secrets = (List<?>) rotated.get("secrets");
            String expected = seconds == 0
                    ? null
                    : service.clock().instant().plusSeconds(seconds).toString();
            assertThat(secrets).hasSize(seconds == 0 ? 1 : 2);
            assertThat(((Map<?, ?>) secrets.get(0)).get("expires_at")).isEqualTo(expected);
            assertThat(tokenStatus(secret)).isEqualTo(seconds == 0 ? 401 : 200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"\"",
                    "\"1\"",
                    "\"-1h\"",
                    "\"PT-1H\"",
                    "\"31d\"",
                    "\"forever\"",
                    "24",
                    "null",
                    "\"1w\"",
                    "\"999999999d\""
                })
        void anythingElse_is422_andTheSecretStays(String grace) {
            assertThat(fieldsAtFault(owner.post(path + "/rotate", "{\"grace\":" + grace + "}")))
                    .containsExactly("grace");
            assertThat(tokenStatus(secret)).isEqualTo(200);
        }

        @Test
        void ofTwoWhoSawTheSame_theSecondIsTold_andEndsNoSecretUnseen() {
            ApiClient careful = owner.with("If-Match", "\"1\"");

            assertThat(careful.send("POST", path + "/rotate", "").statusCode()).isEqualTo(200);
            assertThat(careful.send("POST", path + "/rotate", "").statusCode()).isEqualTo(412);
            assertThat(tokenStatus(secret)).isEqualTo(200);
        }

        @Test
        void anUnknownField_is422_andTheSecretStays() {
            assertThat(fieldsAtFault(owner.post(path + "/rotate", "{\"Grace\":\"0\"}")))
                    .containsExactly("Grace");
            assertThat((List<?>) json(owner.get(path)).get("secrets")).hasSize(1);
        }

        private int tokenStatus(String withSecret) {
            return service.token(TestService.basic(id, withSecret), GRANT).statusCode();
        }
    }

    @Test
    void delete_isForGood() {
        HttpResponse<String> answer = owner.delete(path);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(owner.get(path).statusCode()).isEqualTo(404);
        assertThat(owner.delete(path).statusCode()).isEqualTo(404);
        assertThat(service.token(TestService.basic(id, secret), GRANT).statusCode())
                .isEqualTo(401);
    }
}
