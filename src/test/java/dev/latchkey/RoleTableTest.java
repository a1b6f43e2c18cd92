package dev.latchkey;

import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may do what: each endpoint of the management API called without credentials, by a signed-in person and by a token of each
 * role, and each command, which acts as an Owner. Words in capitals stand for things made for that one call.
 */
class RoleTableTest {
    private static final String TABLE = """
            # what                 | endpoint                      | none   | developer | admin | owner | command                                     | body
            list keys              | GET /api/keys                 | 401    | 200       | 200   | 200   | keys list                                   |
            view a key             | GET /api/keys/KEY             | 401    | 200       | 200   | 200   | keys show KEY                               |
            read advice on a key   | GET /api/keys/KEY/advice      | 401    | 200       | 200   | 200   | keys advise                                 |
            create a key           | POST /api/keys                | 401    | 201       | 201   | 201   | keys create FRESH --scopes fx               | {"name":"FRESH","scopes":["fx"]}
            give a reserved scope  | POST /api/keys                | 401    | 403       | 403   | 201   | keys create FRESH --scopes latchkey:admin   | {"name":"FRESH","scopes":["fx","latchkey:developer"]}
            edit a key             | PATCH /api/keys/KEY           | 401    | 403       | 403   | 200   | keys edit KEY --description d               | {"description":"d"}
            disable a key          | PATCH /api/keys/KEY           | 401    | 403       | 403   | 200   | keys disable KEY                            | {"enabled":false}
            enable a key           | PATCH /api/keys/KEY           | 401    | 403       | 403   | 200   | keys enable KEY                             | {"enabled":true}
            rotate a key           | POST /api/keys/KEY/rotate     | 401    | 403       | 403   | 200   | keys rotate KEY                             |
            end its old secret     | POST /api/keys/KEY/rotate     | 401    | 403       | 403   | 200   | keys rotate KEY --grace 0                   | {"grace":"0"}
            delete a key           | DELETE /api/keys/KEY          | 401    | 403       | 403   | 204   | keys delete KEY --yes                       |
            import keys            |                               |        |           |       |       | keys import KEYS                            |
            export keys            |                               |        |           |       |       | keys export                                 |
            read the catalogue     | GET /api/scopes               | 401    | 200       | 200   | 200   | scopes list                                 |
            add a scope            | POST /api/scopes              | 401    | 403       | 403   | 201   | scopes add FRESH                            | {"name":"FRESH"}
            remove a scope         | DELETE /api/scopes/SCOPE      | 401    | 403       | 403   | 204   | scopes remove SCOPE                         |
            see who was let in     | GET /api/keys/KEY/federated   | 401    | 200       | 200   | 200   |                                             |
            trust an issuer's sub  | POST /api/keys                | 401    | 403       | 403   | 201   | keys create FRESH --scopes fx --no-secret --federated {"issuer":"ISSUER","subject":"s"} | {"name":"FRESH","scopes":["fx"],"secret":false,"federated":[{"issuer":"ISSUER","subject":"s"}]}
            list the issuers       | GET /api/issuers              | 401    | 403       | 403   | 200   | issuers list                                |
            trust an issuer        | POST /api/issuers             | 401    | 403       | 403   | 201   | issuers add FRESH --issuer https://i.example | {"name":"FRESH","issuer":"https://i.example"}
            view an issuer         | GET /api/issuers/ISSUER       | 401    | 403       | 403   | 200   | issuers show ISSUER                         |
            trust it no more       | DELETE /api/issuers/ISSUER    | 401    | 403       | 403   | 204   | issuers remove ISSUER                       |
            read the users         | GET /api/users                | 401    | 403       | 200   | 200   | users list                                  |
            add a user             | POST /api/users               | 401    | 403       | 403   | 201   | users add FRESH --role developer            | {"username":"FRESH","password":"a password of many words","role":"developer"}
            give a role            | PATCH /api/users/USER         | 401    | 403       | 403   | 200   | users role USER admin                       | {"role":"admin"}
            give a password        | PATCH /api/users/USER         | 401    | 403       | 403   | 200   | users passwd USER                           | {"password":"another password of words"}
            remove a user          | DELETE /api/users/USER        | 401    | 403       | 403   | 204   | users remove USER                           |
            list signing keys      | GET /api/signing-keys         | 401    | 403       | 403   | 200   | signing-keys list                           |
            rotate signing keys    | POST /api/signing-keys/rotate | 401    | 403       | 403   | 200   | signing-keys rotate --now                   | {"now":true}
            import a signing key   |                               |        |           |       |       | signing-keys import PEM                     |
            change the master key  |                               |        |           |       |       | signing-keys rekey --new-master-key-file MASTER --db COPY |
            read the audit log     | GET /api/audit                | 401    | 403       | 200   | 200   | audit                                       |
            say who I am           | GET /api/session              | 401    | 200       | 200   | 200   |                                             |
            read of the service    | GET /api/service              | 401    | 200       | 200   | 200   |                                             |
            copy the store         |                               |        |           |       |       | backup FILE                                 |
            put a copy back        |                               |        |           |       |       | restore COPY --db FILE                      |
            move the store         |                               |        |           |       |       | migrate --to FILE                           |
            get a token            |                               |        |           |       |       | token --key-id KEY --url URL                |
            check a secret         |                               |        |           |       |       | inspect SECRET                              |
            ask for readiness      |                               |        |           |       |       | health --url URL                            |
            complete words         |                               |        |           |       |       | completion bash                             |
            name the version       |                               |        |           |       |       | version                                     |
            """;

    /** Signing out ends what the table calls with; a token has no password and no sessions; {@code serve} is what it calls. */
    private static final List<String> APART = List.of(
            "issuers test",
            "DELETE /api/session",
            "PUT /api/session/password",
            "GET /api/session/others",
            "DELETE /api/session/others",
            "serve");

    private static final String PASSWORD = "a password of many words";
    private static final Actor OPERATOR = Actor.operator("test");

    @TempDir
    static Path folder;

    private static final Map<Role, ApiClient> SESSIONS = new HashMap<>();
    private static final Map<Role, ApiClient> TOKENS = new HashMap<>();

    @RegisterExtension
    private static final TestService service = TestService.fresh();

    @BeforeAll
    static void start() {
        service.key("fx");
        for (Role role : Role.values()) {
            String name = role.publicName();
            service.services().users().add(OPERATOR, "the-" + name, role, PASSWORD);
            SESSIONS.put(role, ApiClient.signedIn(service, "the-" + name, PASSWORD));
            TOKENS.put(role, ApiClient.withScopes(service, "fx", "latchkey:" + name));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = TABLE)
    void table(
            String what,
            String endpoint,
            Integer none,
            Integer developer,
            Integer admin,
            Integer owner,
            String command,
            String body) {
        if (endpoint != null) {
            assertStatus(call(ApiClient.anonymous(service), endpoint, body), none);
            Map.of(Role.DEVELOPER, developer, Role.ADMIN, admin, Role.OWNER, owner)
                    .forEach((role, status) -> {
                        assertStatus(call(SESSIONS.get(role), endpoint, body), status);
                        assertStatus(call(TOKENS.get(role), endpoint, body), status);
                    });
        }
        if (command != null) {
            assertDoneByAnOwner(command);
        }
    }

    /** What the service says of itself is in the table, with the role that it takes. */
    @Test
    void everyEndpoint_hasARow() {
        Map<String, String> rows = new TreeMap<>();
        for (List<String> row : rows()) {
            String least = row.get(3).startsWith("2") ? "developer" : row.get(4).startsWith("2") ? "admin" : "owner";
            // Of several rows of an endpoint, the first is the plain one.
            rows.putIfAbsent(row.get(1), least);
        }
        rows.remove("");

        Map<String, String> endpoints = new TreeMap<>();
        ((Map<?, ?>) json(service.get("/openapi.json")).get("paths"))
                .forEach((path, operations) -> ((Map<?, ?>) operations).forEach((method, operation) -> {
                    if (operation instanceof Map<?, ?> told && told.get("x-least-role") instanceof String least) {
                        endpoints.put(method.toString().toUpperCase(Locale.ROOT) + " " + path, least);
                    }
                }));
        endpoints.keySet().removeAll(APART);
        assertThat(rows).isEqualTo(withThings(endpoints));
    }

    @Test
    void everyCommand_hasARow() {
        List<String> commands = new ArrayList<>();
        new RoleTableThings(service, folder)
                .run("", "help")
                .out()
                .lines()
                .filter(line -> line.matches("  [a-z].*"))
                .forEach(line -> commands.add(line.substring(2, 21).strip()));
        commands.removeAll(APART);
        commands.removeIf(command -> command.startsWith("dev "));

        List<String> rows = rows().stream().map(row -> row.get(6)).toList();
        assertThat(commands)
                .hasSizeGreaterThan(25)
                .allSatisfy(command -> assertThat(rows).anyMatch(row -> (row + " ").startsWith(command + " ")));
    }

    private static List<List<String>> rows() {
        return TABLE.lines()
                .skip(1)
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .toList();
    }

    private static Map<String, String> withThings(Map<String, String> endpoints) {
        Map<String, String> named = new TreeMap<>();
        endpoints.forEach((endpoint, role) -> named.put(
                endpoint.replace("{id}", "KEY")
                        .replace("scopes/{name}", "scopes/SCOPE")
                        .replace("users/{name}", "users/USER")
                        .replace("issuers/{name}", "issuers/ISSUER"),
                role));
        return named;
    }

    private static HttpResponse<String> call(ApiClient caller, String endpoint, String body) {
        RoleTableThings things = new RoleTableThings(service, folder);
        String[] methodAndPath = things.in(endpoint).split(" ", -1);
        return caller.send(methodAndPath[0], methodAndPath[1], body == null ? "" : things.in(body));
    }

    private static void assertStatus(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode())
                .as("%s %s %s", answer.request().method(), answer.uri(), answer.body())
                .isEqualTo(status);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        if (status >= 400) {
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(json(answer)).containsEntry("status", (long) status).containsKeys("type", "title", "detail");
        }
        if (status == 401) {
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Bearer");
        }
    }

    /** It succeeds, and whatever it changed, an Owner at the command line changed. */
    private static void assertDoneByAnOwner(String command) {
        RoleTableThings things = new RoleTableThings(service, folder);
        String typed = things.in(command);
        long before = audited().get(0).number();

        RoleTableThings.Run run = things.run(PASSWORD + "\n", typed.split(" ", -1));
        service.keepUp();

        // Three says that it is done and that there is something to do.
        assertThat(run.code()).as(command + ": " + run.err()).isIn(0, 3);
        assertThat(audited().stream().filter(entry -> entry.number() > before)).allSatisfy(entry -> {
            assertThat(entry.event().actor().kind()).isEqualTo(Actor.Kind.OPERATOR);
            assertThat(entry.event().actor().role()).isEqualTo(Role.OWNER);
        });
    }

    private static List<AuditPage.Entry> audited() {
        AuditQuery newest = new AuditQuery(AuditQuery.DEFAULT_LIMIT, null, AuditQuery.Filter.NONE);
        return service.services().audit().page(OPERATOR, newest).entries();
    }
}
