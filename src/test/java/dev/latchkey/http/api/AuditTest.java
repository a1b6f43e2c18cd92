package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.data;
import static dev.latchkey.harness.Answers.fieldsAtFault;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who changed what, over HTTP. */
class AuditTest {
    @RegisterExtension
    private static final TestService service = TestService.fresh();

    private static ApiClient owner;
    private static String id;
    private static String secrets;

    @BeforeAll
    static void start() {
        owner = ApiClient.owner(service);
        owner.post("/api/scopes", "{\"name\":\"fx\",\"description\":\"Rates\"}");
        Map<String, Object> key = json(owner.post("/api/keys", "{\"name\":\"n\",\"scopes\":[\"fx\"]}"));
        id = (String) key.get("id");
        String path = "/api/keys/" + id;
        owner.patch(path, "{\"name\":\"m\"}");
        Map<String, Object> rotated = json(owner.post(path + "/rotate", "{\"grace\":\"1h\"}"));
        secrets = key.get("secret") + " " + rotated.get("secret");
        owner.delete(path);
        owner.post("/api/users", ApiClient.object("username", "ann", "password", "a long password", "role", "admin"));
    }

    @Test
    void everyChange_isThere_newestFirst_withWhoAndWhenAndOnWhat() {
        List<Map<String, Object>> events = data(owner.get("/api/audit"));

        assertThat(events)
                .extracting(event -> event.get("action"))
                .startsWith("user.add", "key.delete", "key.rotate", "key.edit", "key.create", "scope.add");
        Map<String, Object> edit = events.get(3);
        assertThat(edit)
                .containsEntry("subject", id)
                .containsEntry("at", "2026-03-01T12:00:00Z")
                .containsEntry("from", "127.0.0.1")
                .containsEntry("subject_name", "m")
                .containsEntry("changes", List.of("name n → m"));
        assertThat((Map<?, ?>) edit.get("actor"))
                .isEqualTo(json("{\"kind\":\"user\",\"name\":\"owner\",\"title\":null,\"role\":\"owner\"}"));
        assertThat(events.get(2)).containsEntry("subject_name", "m");
        assertThat(((Map<?, ?>) edit.get("before")).get("name")).isEqualTo("n");
        assertThat(((Map<?, ?>) edit.get("after")).get("name")).isEqualTo("m");
    }

    @Test
    void noSecretAndNoPassword_isInIt() {
        String body = owner.get("/api/audit").body();

        assertThat(body).doesNotContain("a long password").doesNotContain("argon2");
        for (String secret : secrets.split(" ", -1)) {
            assertThat(body).doesNotContain(secret);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            action=key              | 4
            action=key.rotate       | 1
            action=key.             | 0
            action=user.add         | 2
            action=ke               | 0
            subject=ann             | 1
            subject=fx&action=scope | 1
            subject=fx&action=key   | 0
            subject=%25             | 0
            key=m                   | 4
            key=n                   | 4
            key=m&action=key.edit   | 1
            key=fx                  | 0
            actor=owner&action=user | 1
            actor=latchkey          | 3
            actor=ow                | 0
            since=1s                | 10
            since=2026-03-01T12:00:00Z | 10
            since=2026-03-01T13:00:00%2B01:00 | 10
            since=2026-03-01T12:00:01Z | 0
            """)
    void itCanBeNarrowed(String query, int count) {
        assertThat(data(owner.get("/api/audit?" + query))).hasSize(count);
    }

    @Test
    void pageByPage_itIsTheSame() {
        List<Map<String, Object>> all = data(owner.get("/api/audit"));
        List<Map<String, Object>> paged = new ArrayList<>();
        HttpResponse<String> page = owner.get("/api/audit?limit=3");
        paged.addAll(data(page));
        while (json(page).get("next_cursor") != null) {
            page = owner.get("/api/audit?limit=3&cursor=" + json(page).get("next_cursor"));
            paged.addAll(data(page));
        }

        assertThat(paged).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit",
        "limit=501,limit",
        "limit=x,limit",
        "cursor=0,cursor",
        "cursor=-1,cursor",
        "cursor=x,cursor",
        "cursor=99999999999999999999,cursor",
        "since=x,since",
        "since=-1h,since",
        "since=2026-03-01,since",
        "who=owner,who"
    })
    void aBadParameter_is422_andNamed(String query, String field) {
        assertThat(fieldsAtFault(owner.get("/api/audit?" + query))).containsExactly(field);
    }

    @Test
    void noRoleCanChangeIt() {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            assertThat(owner.send(method, "/api/audit", "").statusCode()).isEqualTo(405);
        }
    }
}
