package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scope catalogue over HTTP. */
class ScopesTest {
    @RegisterExtension
    private static final TestService service = TestService.fresh();

    private static ApiClient owner;

    @BeforeAll
    static void start() {
        owner = ApiClient.owner(service);
    }

    @Test
    void add_thenList_thenRemove() {
        HttpResponse<String> added = owner.post("/api/scopes", "{\"name\":\"fx\",\"description\":\"Rates\"}");

        assertThat(added.statusCode()).isEqualTo(201);
        assertThat(json(added).toString())
                .isEqualTo("{name=fx, description=Rates, created_at=2026-03-01T12:00:00Z, created_by=user:owner}");
        assertThat(owner.get("/api/scopes").body()).contains("\"name\":\"fx\"").contains("\"next_cursor\":null");
        assertThat(owner.delete("/api/scopes/fx").statusCode()).isEqualTo(204);
        assertThat(owner.delete("/api/scopes/fx").statusCode()).isEqualTo(404);
    }

    @Test
    void add_whatIsThere_is409() {
        owner.post("/api/scopes", "{\"name\":\"twice\"}");

        assertThat(owner.post("/api/scopes", "{\"name\":\"twice\"}").statusCode())
                .isEqualTo(409);
    }

    @Test
    void remove_whatAKeyStillHas_is409_andItStays() {
        service.key("in-use");

        assertThat(owner.delete("/api/scopes/in-use").statusCode()).isEqualTo(409);
        assertThat(owner.get("/api/scopes").body()).contains("\"in-use\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"latchkey:owner", "latchkey:x", "a b", "", "é", "a\"b", "a\\\\b"})
    void add_aNameThatNoScopeHas_is422_andNamesTheField(String name) {
        HttpResponse<String> answer = owner.post("/api/scopes", ApiClient.object("name", name));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).get("errors").toString()).startsWith("[{field=name, ");
    }

    /** Names that are legal scope tokens (RFC 6749 §3.3) and mean something in a URL. */
    @Nested
    class NamesThatAreHardInAUrl {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a/b",
                    "/",
                    "//",
                    "https://api.example/scope",
                    "a:b",
                    "a%2Fb",
                    "%",
                    "%25",
                    "%2e%2e",
                    "a;b",
                    ";",
                    "..;",
                    "a?b=c",
                    "a#b",
                    "a+b",
                    "+",
                    "a&b=c",
                    "a.b",
                    "...",
                    ".",
                    "..",
                    "../keys",
                    "a/../b",
                    "{name}",
                    "<script>",
                    "|",
                    "^",
                    "`",
                    "'",
                    "~",
                    "*",
                    "a,b",
                    "@",
                    "$",
                    "!",
                    "(a)",
                    "[a]",
                    "=",
                    "rotate"
                })
        void eachIsAddedAndRemovedUnderItsOwnName(String name) {
            assertThat(owner.post("/api/scopes", ApiClient.object("name", name)).statusCode())
                    .isEqualTo(201);
            String path = "/api/scopes/" + encoded(name);

            HttpResponse<String> answer = owner.delete(path);

            assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(204);
            assertThat(service.services().scopes().list(Actor.operator("test")))
                    .noneMatch(scope -> scope.name().equals(name));
        }

        /** In a path, unlike in a query, a plus sign stands for itself. */
        @Test
        void aPlusThatIsNotEncoded_isAPlus() {
            owner.post("/api/scopes", "{\"name\":\"read+write\"}");

            assertThat(owner.delete("/api/scopes/read+write").statusCode()).isEqualTo(204);
        }

        @Test
        void everyCharacterOfAScopeToken_canBeInOne() {
            StringBuilder name = new StringBuilder();
            for (char c = 0x21; c < 0x7F; c++) {
                name.append(c == '"' || c == '\\' ? "" : c);
            }

            assertThat(owner.post("/api/scopes", ApiClient.object("name", name.toString()))
                            .statusCode())
                    .isEqualTo(201);
            assertThat(owner.delete("/api/scopes/" + encoded(name.toString())).statusCode())
                    .isEqualTo(204);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/api/keys/a%2Fb",
                    "/api%2Fkeys",
                    "/api/scopes/../keys%2F",
                    "/api/%2e%2e/api/keys",
                    "/health/%2e%2e/api/scopes/a%2Fb/c",
                    "/api/keys/%252e",
                    "/%2e%2e/api/scopes/a%2Fb"
                })
        void elsewhere_suchPathsAreRefused(String path) {
            HttpResponse<String> answer = owner.get(path);

            assertThat(answer.statusCode()).isIn(400, 404);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        }

        /** Clients take a segment of dots for a step, encoded or not; a name that is nothing else has to be encoded. */
        private String encoded(String name) {
            return name.matches("\\.{1,2}") ? name.replace(".", "%2E") : ApiClient.segment(name);
        }
    }
}
