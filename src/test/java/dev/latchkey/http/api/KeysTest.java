package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.data;
import static dev.latchkey.harness.Answers.fieldsAtFault;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Making access keys and finding them again. */
class KeysTest {
    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.ISSUER, "https://id.example/tenant"));

    private static ApiClient owner;
    private static ApiClient developer;

    @BeforeAll
    static void start() {
        service.key("fx", "vault");
        owner = ApiClient.withScopes(service, "latchkey:owner");
        developer = ApiClient.withScopes(service, "latchkey:developer");
    }

    @Test
    void create_is201_withLocation_andASecretThatWorks() {
        HttpResponse<String> answer = developer.post("/api/keys", "{\"name\":\"batch\",\"scopes\":[\"vault\",\"fx\"]}");

        assertThat(answer.statusCode()).isEqualTo(201);
        Map<String, Object> key = json(answer);
        assertThat(key.keySet().toString())
                .isEqualTo("[id, name, description, scopes, enabled, token_lifetime, audience, jwks, claims, "
                        + "federated, created_at, created_by, updated_at, expires_at, last_used_at, secrets, secret]");
        assertThat(answer.headers().firstValue("Location")).contains("/tenant/api/keys/" + key.get("id"));
        assertThat(answer.headers().firstValue("ETag")).contains("\"1\"");
        String basic = TestService.basic((String) key.get("id"), (String) key.get("secret"));
        assertThat(json(service.token(basic, "grant_type=client_credentials"))).containsEntry("scope", "vault fx");
    }

    @Test
    void show_isTheKeyWithoutItsSecret() {
        Map<String, Object> created = json(developer.post("/api/keys", "{\"name\":\"once\",\"scopes\":[\"fx\"]}"));

        HttpResponse<String> answer = developer.get("/api/keys/" + created.get("id"));

        Object secret = created.remove("secret");
        assertThat(json(answer)).isEqualTo(created);
        assertThat(answer.body()).doesNotContain((String) secret);
        assertThat(answer.headers().firstValue("ETag")).contains("\"1\"");
    }

    @Test
    void create_withEveryField_keepsEach() {
        String body = "{\"name\":\"all\",\"description\":\"d\\nd\",\"scopes\":[\"fx\"],\"enabled\":false,"
                + "\"token_lifetime\":60,\"audience\":[\"https://a\",\"b\"],\"jwks\":null,"
                + "\"claims\":{\"tenant\":{\"id\":7}},\"expires_at\":\"2030-01-01T00:00:00+01:00\"}";

        Map<String, Object> key = json(owner.post("/api/keys", body));

        assertThat(key)
                .containsEntry("description", "d\nd")
                .containsEntry("enabled", false)
                .containsEntry("token_lifetime", 60L)
                .containsEntry("audience", List.of("https://a", "b"))
                .containsEntry("claims", Map.of("tenant", Map.of("id", 7L)))
                .containsEntry("expires_at", "2029-12-31T23:00:00Z");
    }

    @Test
    void create_namesEveryFieldAtFault() {
        String body = "{\"name\":\"\",\"scopes\":[\"fx\"],\"token_lifetime\":59,\"audience\":[\"a b\"]}";

        assertThat(fieldsAtFault(owner.post("/api/keys", body)))
                .containsExactly("name", "token_lifetime", "audience[0]");
        assertThat(fieldsAtFault(owner.post("/api/keys", "{}"))).containsExactly("name", "scopes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name           | 1
            name           | ["n"]
            description    | {}
            scopes         | "fx"
            scopes         | [1]
            scopes         | ["fx vault"]
            scopes         | ["not in the catalogue"]
            scopes         | ["unlisted"]
            enabled        | "true"
            enabled        | 1
            token_lifetime | "3600"
            token_lifetime | 60.0
            token_lifetime | 6e1
            token_lifetime | 59
            token_lifetime | 86401
            token_lifetime | -1
            token_lifetime | 9223372036854775807
            token_lifetime | 9223372036854775808
            token_lifetime | 1e300
            audience       | "a"
            audience       | [null]
            audience       | ["a","a"]
            claims         | []
            claims         | {"scope":"fx"}
            claims         | {"iss":1}
            claims         | {"a":"\\u0000"}
            jwks           | "x"
            expires_at     | 1893456000
            expires_at     | "tomorrow"
            expires_at     | "2030-02-30T00:00:00Z"
            expires_at     | "10000-01-01T00:00:00Z"
            id             | "my-own"
            secret         | "a secret of my own, long enough"
            created_by     | "user:somebody"
            revision       | 7
            add_scopes     | true
            constructor    | {}
            """)
    void create_aFieldOfAnotherKind_orThatNoCallerMaySet_is422(String field, String value) {
        String body = "{\"name\":\"n\",\"scopes\":[\"fx\"],\"" + field + "\":" + value + "}";
        String withoutTwice = field.equals("name") || field.equals("scopes")
                ? "{\"" + field + "\":" + value + (field.equals("name") ? ",\"scopes\":[\"fx\"]}" : ",\"name\":\"n\"}")
                : body;

        assertThat(fieldsAtFault(owner.post("/api/keys", withoutTwice))).contains(field);
    }

    /** What people write comes back as they wrote it, and is never anything but text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "'; DROP TABLE access_keys; --",
                "' OR '1'='1",
                "100% _like_ [abc] \\ !",
                "{{7*7}} ${7*7}",
                "Käse 日本語 \uD83D\uDD11 \u202Etxt.exe",
                "e\u0301 \u00E9",
                "</script>",
                "  spaces  ",
                "null",
                "a\u2028b\u2029c"
            })
    void namesAreOnlyText(String name) {
        String body = "{\"scopes\":[\"fx\"],"
                + ApiClient.object("name", name, "description", name).substring(1);

        Map<String, Object> created = json(owner.post("/api/keys", body));

        HttpResponse<String> shown = owner.get("/api/keys/" + created.get("id"));
        assertThat(json(shown)).containsEntry("name", name).containsEntry("description", name);
        assertThat(shown.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(shown.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(data(owner.get("/api/keys?limit=100&q=" + ApiClient.segment(name))))
                .extracting(key -> key.get("id"))
                .contains(created.get("id"));
    }

    @Test
    void list_isNewestFirst_pageByPage_whileKeysComeAndGo() {
        List<Object> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            service.clock().advance(Duration.ofSeconds(1));
            made.add(
                    0,
                    json(owner.post("/api/keys", "{\"name\":\"page me\",\"scopes\":[\"fx\"]}"))
                            .get("id"));
        }

        HttpResponse<String> first = owner.get("/api/keys?limit=3&q=page%20me");
        owner.delete("/api/keys/" + made.get(1));
        owner.post("/api/keys", "{\"name\":\"page me\",\"scopes\":[\"fx\"]}");
        HttpResponse<String> second = next(first, 3);
        HttpResponse<String> third = next(second, 1);

        assertThat(ids(first)).isEqualTo(made.subList(0, 3));
        assertThat(ids(second)).isEqualTo(made.subList(3, 6));
        assertThat(ids(third)).isEqualTo(made.subList(6, 7));
        assertThat(json(third)).containsEntry("next_cursor", null);
    }

    @Test
    void list_canBeNarrowed() {
        json(owner.post("/api/keys", "{\"name\":\"narrow on\",\"scopes\":[\"fx\"]}"));
        json(owner.post("/api/keys", "{\"name\":\"narrow off\",\"scopes\":[\"fx\"],\"enabled\":false}"));

        assertThat(names("/api/keys?q=NARROW&enabled=true")).containsExactly("narrow on");
        assertThat(names("/api/keys?q=narrow&enabled=false")).containsExactly("narrow off");
        assertThat(names("/api/keys?q=narrow%25")).isEmpty();
        assertThat(names("/api/keys?q=narrow+o&limit=&cursor=&enabled=")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,           limit",
        "limit=101,         limit",
        "limit=-1,          limit",
        "limit=ten,         limit",
        "limit=1.5,         limit",
        "limit=99999999999, limit",
        "enabled=yes,       enabled",
        "enabled=TRUE,      enabled",
        "cursor=x,          cursor",
        "cursor=MTo,        cursor",
        "cursor=MTowJw,     cursor",
        "page=2,            page",
        "Limit=2,           Limit",
    })
    void list_withABadParameter_is422_andNamesIt(String query, String field) {
        assertThat(fieldsAtFault(owner.get("/api/keys?" + query))).containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=1&limit=2", "q=%FF", "q=%00", "q=%C0%AF"})
    void list_withAMalformedQuery_is400(String query) {
        assertThat(owner.get("/api/keys?" + query).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ack_unknown",
                "x",
                "%20",
                "'%20OR%201=1",
                "<script>",
                "%3Cscript%3E",
                "ack_%C3%A9",
                "a;b",
                "%E2%80%AE",
                "a+b",
                "null",
                "_",
                "%5Cx",
                "ack_abc%0A"
            })
    void unknownAndImpossibleIds_are404_orMalformed(String id) {
        HttpResponse<String> answer =
                owner.send("GET", "/api/keys/" + id.replace("<", "%3C").replace(">", "%3E"), "");

        assertThat(answer.statusCode()).as(answer.body()).isIn(404, 400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,   /api/keys,       GET; HEAD; POST",
        "DELETE,/api/keys,       GET; HEAD; POST",
        "POST,  /api/keys/x,     DELETE; GET; HEAD; PATCH",
        "GET,   /api/keys/x/rotate, POST",
        "TRACE, /api/scopes/x,   DELETE",
        "GET,   /api/users/x,    DELETE; PATCH",
        "PUT,   /tenant/api/session, DELETE; GET; HEAD; POST",
    })
    void otherMethods_are405_withAllow(String method, String path, String allow) {
        HttpResponse<String> answer = owner.send(method, path, "");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains(allow.replace(";", ","));
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/keys/", "/api/nothing", "/api/keys/x/y", "/API/KEYS"})
    void unknownPaths_are404(String path) {
        HttpResponse<String> answer = owner.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer)).containsEntry("type", "about:blank").containsEntry("title", "Not Found");
    }

    @Test
    void aHeader_doesNotMakeOneMethodAnother() {
        ApiClient overriding = owner.with("X-HTTP-Method-Override", "DELETE");
        String id = service.key("fx").key().id();

        assertThat(overriding.get("/api/keys/" + id).statusCode()).isEqualTo(200);
        assertThat(overriding.post("/api/keys/" + id, "{}").statusCode()).isEqualTo(405);
        assertThat(owner.get("/api/keys/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void head_isGetWithoutABody() {
        HttpResponse<String> answer = owner.send("HEAD", "/api/keys", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aDeveloper_canGiveNoReservedScope_andAnOwnerCan() {
        for (String scope : List.of("latchkey:developer", "latchkey:admin", "latchkey:owner", "latchkey:x")) {
            String body = "{\"name\":\"up\",\"scopes\":[\"fx\",\"" + scope + "\"]}";
            assertThat(developer.post("/api/keys", body).statusCode()).as(scope).isEqualTo(403);
        }
        assertThat(owner.post("/api/keys", "{\"name\":\"up\",\"scopes\":[\"latchkey:admin\"]}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(fieldsAtFault(owner.post("/api/keys", "{\"name\":\"up\",\"scopes\":[\"latchkey:x\"]}")))
                .containsExactly("scopes");
    }

    @Test
    void whatIsNotThere_isNamed_andNotAtAnyLength() {
        String longName = "x".repeat(3_000);

        assertThat(json(owner.get("/api/keys/no-such-key")))
                .containsEntry("detail", "There is no access key with the id no-such-key.");
        assertThat(owner.get("/api/keys/acs_pasted-where-the-id-belongs").body())
                .contains("could be a secret")
                .doesNotContain("pasted");
        assertThat(json(owner.delete("/api/users/eve"))).containsEntry("detail", "There is no user named \"eve\".");
        assertThat(json(owner.delete("/api/scopes/none")))
                .containsEntry("detail", "The catalogue has no scope \"none\".");
        for (String path : List.of("/api/keys/", "/api/users/", "/api/scopes/")) {
            assertThat(owner.delete(path + longName).body()).contains("xxx…").hasSizeLessThan(250);
        }
    }

    @Test
    void aDevelopersKey_opensNothing() {
        Map<String, Object> key = json(developer.post(
                "/api/keys", "{\"name\":\"up\",\"scopes\":[\"fx\"],\"audience\":[\"https://id.example/tenant\"]}"));
        String basic = TestService.basic((String) key.get("id"), (String) key.get("secret"));
        String token = accessToken(service.token(basic, "grant_type=client_credentials"));

        HttpResponse<String> answer = ApiClient.withToken(service, token).get("/api/keys");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("error=\"insufficient_scope\"");
    }

    private static HttpResponse<String> next(HttpResponse<String> page, int limit) {
        return owner.get(
                "/api/keys?limit=" + limit + "&q=page%20me&cursor=" + json(page).get("next_cursor"));
    }

    private static List<Object> ids(HttpResponse<String> page) {
        return data(page).stream().map(key -> key.get("id")).toList();
    }

    private static List<Object> names(String path) {
        return data(owner.get(path)).stream().map(key -> key.get("name")).toList();
    }
}
