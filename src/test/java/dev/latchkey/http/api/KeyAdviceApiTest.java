package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.data;
import static dev.latchkey.harness.Answers.fieldsAtFault;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Advice on keys, and the list's orders, filters and total, as callers of the API see them. */
@Timeout(60)
class KeyAdviceApiTest {
    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(), Duration.ofMillis(10));

    private static ApiClient developer;

    @BeforeAll
    static void start() {
        service.key("a", "b", "c", "d", "e", "f", "g", "h", "i");
        developer = ApiClient.withScopes(service, "latchkey:developer");
    }

    @Test
    void nineScopesGranted_oneAskedFor_oneDemanded_theOtherSevenAreNamed() {
        NewAccessKey key = service.key("a", "b", "c", "d", "e", "f", "g", "h", "i");
        String token = accessToken(service.token(key, "&scope=c+e"));
        assertThat(accessToken(service.token(key, "&scope=c"))).isNotEmpty();
        assertThat(service.verify(token, "?scope=e").statusCode()).isEqualTo(200);
        assertThat(service.verify(token, "?scope=a").statusCode()).isEqualTo(403);

        until(() -> !advice(key).isEmpty() && scope(key, "e").get("last_demanded_at") != null);

        assertThat(advice(key)).hasSize(1);
        assertThat(advice(key).get(0))
                .containsEntry("kind", "scopes_unused")
                .containsEntry("scopes", List.of("a", "b", "d", "f", "g", "h", "i"));
        assertThat(scope(key, "c"))
                .containsEntry("last_demanded_at", null)
                .extracting("last_asked_at")
                .isNotNull();
        assertThat(scope(key, "a")).containsEntry("last_asked_at", null).containsEntry("last_demanded_at", null);
        assertThat(shown(key)).containsEntry("all_scopes_asked_at", null);
    }

    @Test
    void aRequestWithoutScope_asksForNoneByName_andSaysSo() {
        NewAccessKey key = service.key("a", "b");
        assertThat(accessToken(service.token(key, ""))).isNotEmpty();

        until(() -> shown(key).get("all_scopes_asked_at") != null);

        assertThat(advice(key)).isEmpty();
        assertThat(scope(key, "a")).containsEntry("last_asked_at", null);
    }

    @Test
    void aReservedScope_isDemandedByTheManagementApi() {
        NewAccessKey key = service.key("latchkey:admin", "a");
        ApiClient admin = ApiClient.withToken(service, accessToken(service.token(key, "")));
        assertThat(admin.get("/api/keys").statusCode()).isEqualTo(200);

        until(() -> scope(key, "latchkey:admin").get("last_demanded_at") != null);
    }

    @Test
    void aKeyThatIsNotThere_is404_andAStranger401() {
        assertThat(developer.get("/api/keys/ack_none/advice").statusCode()).isEqualTo(404);
        assertThat(ApiClient.anonymous(service).get("/api/keys/ack_none/advice").statusCode())
                .isEqualTo(401);
    }

    @Test
    void list_pagesInAnyOrder_byItsCursorAlone_andTheFirstPageHasTheTotal() {
        for (int i = 0; i < 5; i++) {
            service.key("a");
        }
        Map<String, Object> page = json(developer.get("/api/keys?sort=name&limit=2"));
        long total = (Long) page.get("total");
        List<Object> names = new ArrayList<>();
        for (; ; page = json(developer.get("/api/keys?limit=2&cursor=" + page.get("next_cursor")))) {
            ((List<?>) page.get("data")).forEach(key -> names.add(((Map<?, ?>) key).get("id")));
            if (page.get("next_cursor") == null) {
                break;
            }
        }

        assertThat(page).doesNotContainKey("total");
        assertThat(names).hasSize((int) total).doesNotHaveDuplicates();
    }

    @Test
    void list_filters() {
        Actor operator = Actor.operator("test");
        NewAccessKey rotated = service.key("a");
        service.services().accessKeys().rotate(operator, rotated.key().id(), Duration.ofHours(1));

        assertThat(data(developer.get("/api/keys?old_secret=true")))
                .extracting(key -> key.get("id"))
                .containsExactly(rotated.key().id());
        assertThat(data(developer.get("/api/keys?expiring=14d"))).isEmpty();
        assertThat(data(developer.get("/api/keys?unused=90d&sort=-last_used_at")))
                .isEmpty();
        assertThat(data(developer.get("/api/keys?unused=0"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort=size", "expiring=soon", "unused=-1d", "unused=99999d", "old_secret=1", "cursor=x"})
    void list_aParameterThatIsWrong_isNamed(String query) {
        String field = query.substring(0, query.indexOf('='));

        assertThat(fieldsAtFault(developer.get("/api/keys?" + query))).containsExactly(field);
    }

    @Test
    void list_aCursorOfAnotherOrder_isRefused() {
        service.key("a");
        Object cursor = json(developer.get("/api/keys?limit=1&sort=name")).get("next_cursor");

        assertThat(fieldsAtFault(developer.get("/api/keys?sort=expires&cursor=" + cursor)))
                .containsExactly("cursor");
    }

    private static Map<String, Object> shown(NewAccessKey key) {
        return json(developer.get("/api/keys/" + key.key().id() + "/advice"));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> advice(NewAccessKey key) {
        return ((List<Map<String, Object>>) shown(key).get("advice"))
                .stream().filter(one -> !one.get("kind").equals("never_used")).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> scope(NewAccessKey key, String scope) {
        return ((List<Map<String, Object>>) shown(key).get("scopes"))
                .stream()
                        .filter(one -> one.get("scope").equals(scope))
                        .findFirst()
                        .orElseThrow();
    }

    /** Returns when it holds; the test's time limit bounds the wait. */
    private static void until(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            assertThat(Thread.interrupted()).as("out of time").isFalse();
        }
    }
}
