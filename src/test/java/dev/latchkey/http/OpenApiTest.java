package dev.latchkey.http;

import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import dev.latchkey.http.exchange.HttpListener;
import dev.latchkey.network.TrustedProxies;
import dev.latchkey.token.TokenListener;
import dev.latchkey.token.issuing.ClientCredentialsGrant;
import dev.latchkey.token.issuing.TokenIssuer;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code /openapi.json} says what the service answers, no more and no less. */
class OpenApiTest {
    private static final String ISSUER = "https://id.example/tenant";
    private static final Set<Access> BY_ROLE = Set.of(Access.DEVELOPER, Access.ADMIN, Access.OWNER);

    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.ISSUER, ISSUER));

    private static Map<String, Object> document;

    @BeforeAll
    static void start() {
        document = json(service.get("/openapi.json"));
    }

    @Test
    void everyRoute_isDocumented_withTheRoleThatItTakes() {
        Map<String, Map<String, Object>> documented = operations();

        List<Route> forPrograms =
                routes().all().stream().filter(route -> !isWebPage(route)).toList();
        for (Route route : forPrograms) {
            String name = route.method() + " " + route.path();
            assertThat(documented).containsKey(name);
            Object role =
                    BY_ROLE.contains(route.access()) ? route.access().name().toLowerCase(Locale.ROOT) : null;
            assertThat(documented.get(name).get("x-least-role")).as(name).isEqualTo(role);
        }
    }

    @Test
    void everyDocumentedPath_isRouted() {
        Routes routes = routes();

        for (String name : operations().keySet()) {
            String method = name.substring(0, name.indexOf(' '));
            String path = name.substring(name.indexOf(' ') + 1);
            assertThat(routes.isForwardAuth(path) || routes.methodsOf(path).contains(method))
                    .as(name)
                    .isTrue();
        }
    }

    @Test
    void itSaysWhereTheServiceStands() {
        HttpResponse<String> answer = service.get("/tenant/openapi.json");

        assertThat(document).containsEntry("openapi", "3.1.0").containsEntry("servers", List.of(Map.of("url", ISSUER)));
        assertThat(answer.body()).isEqualTo(service.get("/openapi.json").body());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void everyReference_leadsSomewhere_andEveryOperationHasANameOfItsOwn() {
        List<String> references = new ArrayList<>();
        collect(document, references);
        for (String reference : references) {
            Object target = document;
            for (String step : reference.substring(2).split("/", -1)) {
                target = ((Map<?, ?>) target).get(step);
                assertThat(target).as(reference).isNotNull();
            }
        }
        List<Object> names =
                operations().values().stream().map(o -> o.get("operationId")).toList();
        assertThat(new HashSet<>(names)).hasSameSizeAs(names).doesNotContainNull();
    }

    @Test
    void theKeyThatIsAnswered_hasTheFieldsThatAreDocumented() {
        service.key("fx");
        ApiClient owner = ApiClient.withScopes(service, "latchkey:owner");
        Map<String, Object> key = json(owner.post("/api/keys", "{\"name\":\"n\",\"scopes\":[\"fx\"]}"));
        key.remove("secret");

        assertThat(properties("AccessKey").keySet()).containsExactlyElementsOf(key.keySet());
        assertThat(properties("Service").keySet())
                .containsExactlyElementsOf(json(owner.get("/api/service")).keySet());
        assertThat(properties("Session").keySet())
                .containsExactlyElementsOf(json(owner.get("/api/session")).keySet());
    }

    @Test
    void withoutADashboard_thereIsNoApi_andTokensGoOn() {
        try (TestService without = service.again(Map.of(ServeFlag.NO_DASHBOARD, "true"))) {
            for (String path : List.of("/api/keys", "/api/session", "/api/users", "/openapi.json")) {
                assertThat(without.get(path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(ApiClient.signIn(without, "owner", TestService.OWNER_PASSWORD)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(without.token(without.key("fx"), "").statusCode()).isEqualTo(200);
        }
    }

    private static boolean isWebPage(Route route) {
        return route.path().equals("/") || route.path().startsWith("/dashboard");
    }

    /** Operations by method and path, as {@code GET /api/keys/{id}}. */
    private static Map<String, Map<String, Object>> operations() {
        Map<String, Map<String, Object>> operations = new TreeMap<>();
        object(document.get("paths"))
                .forEach((path, item) -> object(item).forEach((method, operation) -> {
                    if (!method.equals("parameters")) {
                        operations.put(method.toUpperCase(Locale.ROOT) + " " + path, object(operation));
                    }
                }));
        assertThat(operations).hasSizeGreaterThan(20);
        return operations;
    }

    private static Map<String, Object> properties(String schema) {
        Map<String, Object> components = object(document.get("components"));
        return object(object(object(components.get("schemas")).get(schema)).get("properties"));
    }

    private static Map<String, Object> object(@Nullable Object value) {
        return Answers.asObject(value);
    }

    private static void collect(@Nullable Object value, List<String> references) {
        if (value instanceof Map<?, ?> map) {
            if (map.get("$ref") instanceof String reference) {
                references.add(reference);
            }
            map.values().forEach(member -> collect(member, references));
        } else if (value instanceof List<?> items) {
            items.forEach(item -> collect(item, references));
        }
    }

    /** The map of a service with everything switched on. Nothing is called, so that there need be nothing behind it. */
    private static Routes routes() {
        // The metadata's list of grants is asked for when the map is made.
        TokenIssuer tokens =
                new TokenIssuer(null, List.of(new ClientCredentialsGrant()), null, null, null, null, Clock.systemUTC());
        return Routes.of(new HttpServices(
                "https://id.example",
                tokens,
                null,
                List::of,
                Set::of,
                true,
                () -> true,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                true,
                List.of(),
                path -> new CompletableFuture<>(),
                Clock.systemUTC(),
                TokenListener.NONE,
                HttpListener.NONE,
                TrustedProxies.NONE));
    }
}
