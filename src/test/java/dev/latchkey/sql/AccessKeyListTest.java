package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.NOW;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.fullKey;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static dev.latchkey.sql.Samples.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyCursor;
import dev.latchkey.accesskey.AccessKeyPage;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.accesskey.AccessKeyQuery.Filter;
import dev.latchkey.accesskey.AccessKeyQuery.Order;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeyStore.Use;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises about the orders, filters and totals of the list of access keys. */
class AccessKeyListTest extends StoreContract {
    private static final ScopeSet FX = ScopeSet.of(List.of("fx"));
    private static final List<String> NAMES =
            List.of("orders", "Orders", "billing", "ÉCLAIR", "éclair", "a:b", "🔑", "Z");

    @BeforeEach
    void addScopes() {
        store.scopes().insert(List.of(scope("fx"), scope("vault")), List.of());
    }

    /** Names that differ in case alone are one: the ids decide. */
    @ParameterizedTest
    @CsvSource({
        "name, 'c b a e d'",
        "-name, 'd e a b c'",
        "last_used, 'b d a c e'",
        "-last_used, 'e c a d b'",
        "expires, 'e a b c d'",
        "-expires, 'd c b a e'",
        "created, 'a b c d e'",
        "-created, 'e d c b a'"
    })
    void order_isThatOfTheField_thenOfTheId(String order, String ids) {
        insert("a", "Same", NOW, NOW.plusSeconds(60), 20);
        insert("b", "other", NOW, null, 0);
        insert("c", "clair", NOW.plusSeconds(1), null, 30);
        insert("d", "zoo", NOW.plusSeconds(1), null, 10);
        insert("e", "same", NOW.plusSeconds(2), NOW.plusSeconds(50), 40);

        assertThat(ids(Filter.NONE, Order.parse(order))).containsExactly(ids.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "-created", "name", "-name", "last_used", "-last_used", "expires", "-expires"})
    void pages_ofEachOrder_haveEveryKeyOnce_inTheOrderOfOneLongPage(String text) {
        Order order = Order.parse(text);
        Random random = new Random(20_261_130L);
        for (int i = 0; i < 60; i++) {
            insert(
                    "key-" + i,
                    NAMES.get(random.nextInt(NAMES.size())),
                    NOW.plusSeconds(random.nextInt(5)),
                    random.nextBoolean() ? null : NOW.plusSeconds(random.nextInt(5)),
                    random.nextInt(5));
        }

        List<String> all = ids(Filter.NONE, order);

        assertThat(all).hasSize(60).doesNotHaveDuplicates();
        for (int limit : List.of(1, 7, 59, 60)) {
            assertThat(walk(limit, Filter.NONE, order)).isEqualTo(all);
        }
        Filter filter = new Filter("o", true, null, null, null);
        assertThat(walk(3, filter, order)).isEqualTo(ids(filter, order));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "-last_used", "expires"})
    void pages_whileKeysComeAndGo_haveEveryKeyThatStays(String text) {
        Order order = Order.parse(text);
        Set<String> stayed = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            insert("key-" + i, NAMES.get(i % NAMES.size()), NOW, NOW.plusSeconds(i % 4), i % 3);
            stayed.add("key-" + i);
        }
        List<String> seen = new ArrayList<>();
        @Nullable AccessKeyCursor after = null;
        int round = 0;
        do {
            AccessKeyPage page = page(4, after, Filter.NONE, order);
            page.keys().forEach(key -> seen.add(key.id()));
            after = page.next();
            if (after != null) {
                store.accessKeys().delete(after.id(), 1, event("key.delete", after.id()));
                stayed.remove(after.id());
            }
            insert("new-" + round++, "orders", NOW, null, 1);
        } while (after != null);

        assertThat(seen).doesNotHaveDuplicates().containsAll(stayed);
    }

    @Test
    void expiring_takesWhatHasNotExpired_andWillHaveByThen() {
        insert("expired", "n", NOW, NOW, 0);
        insert("next-second", "n", NOW, NOW.plusSeconds(1), 0);
        insert("just-within", "n", NOW, NOW.plus(Duration.ofDays(14)), 0);
        insert("later", "n", NOW, NOW.plus(Duration.ofDays(14)).plusSeconds(1), 0);
        insert("never", "n", NOW, null, 0);

        assertListed(new Filter(null, null, Duration.ofDays(14), null, null), "just-within", "next-second");
    }

    @Test
    void unused_takesWhatWasLastUsed_orMadeAndNeverUsed_soLongAgo() {
        Instant then = NOW.minus(Duration.ofDays(90));
        insert("used-then", "n", NOW.minus(Duration.ofDays(200)), null, 0);
        insert("used-since", "n", NOW.minus(Duration.ofDays(200)), null, 0);
        insert("made-then", "n", then, null, 0);
        insert("made-since", "n", then.plusSeconds(1), null, 0);
        store.accessKeys()
                .recordUses(
                        List.of(new Use("used-then", null, then), new Use("used-since", null, then.plusSeconds(1))));

        assertListed(new Filter(null, null, null, Duration.ofDays(90), null), "made-then", "used-then");
    }

    @Test
    void oldSecret_takesWhatHasOneThatWorks() {
        StoredSecret endless = secret("an older secret");
        AccessKeySettings settings = AccessKeySettings.named("n", FX);
        insert(key("one", settings, NOW));
        AccessKey endlessKey = new AccessKey(
                "endless", settings, List.of(endless, secret("a younger secret")), NOW, "a", NOW, null, 1);
        insert(endlessKey);
        insert(fullKey("until-tomorrow", "n", "", "fx"));

        assertListed(new Filter(null, null, null, null, true), "until-tomorrow", "endless");
        assertListed(new Filter(null, null, null, null, false), "one");
        Instant tomorrow = NOW.plusSeconds(86_400);
        Filter old = new Filter(null, null, null, null, true);
        assertThat(store.accessKeys().count(old, tomorrow)).isEqualTo(1);
        assertThat(store.accessKeys().count(old, tomorrow.minusSeconds(1))).isEqualTo(2);

        store.accessKeys().update(endlessKey.changed(settings, List.of(endless), NOW), 1, event("key.edit", "endless"));
        assertListed(old, "until-tomorrow");
    }

    @Test
    void filters_holdTogether_andTheTotalCountsWhatTheyTake() {
        insert("a", "orders", NOW.minus(Duration.ofDays(100)), NOW.plusSeconds(5), 0);
        insert("b", "orders", NOW, NOW.plusSeconds(5), 0);
        insert("c", "billing", NOW.minus(Duration.ofDays(100)), NOW.plusSeconds(5), 0);
        insert("d", "orders", NOW.minus(Duration.ofDays(100)), null, 0);

        assertListed(new Filter("ORD", true, Duration.ofSeconds(5), Duration.ofDays(90), false), "a");
        assertThat(store.accessKeys().count(Filter.NONE, NOW)).isEqualTo(4);
        assertThat(store.accessKeys().count(new Filter("\0", null, null, null, null), NOW))
                .isZero();
    }

    @Test
    void name_followsAnEdit() {
        AccessKey key = key("one", AccessKeySettings.named("before", FX), NOW);
        insert(key);
        insert("two", "Middle", NOW, null, 0);
        store.accessKeys()
                .update(
                        key.changed(AccessKeySettings.named("ZULU", FX), key.secrets(), NOW),
                        1,
                        event("key.edit", "one"));

        assertThat(ids(Filter.NONE, Order.parse("name"))).containsExactly("two", "one");
    }

    private void assertListed(Filter filter, String... idsDescending) {
        for (Order order : List.of(Order.NEWEST_FIRST, Order.parse("last_used"), Order.parse("name"))) {
            assertThat(walk(1, filter, order)).containsExactlyInAnyOrder(idsDescending);
        }
        assertThat(store.accessKeys().count(filter, NOW)).isEqualTo(idsDescending.length);
    }

    private List<String> ids(Filter filter, Order order) {
        return page(100, null, filter, order).keys().stream().map(AccessKey::id).toList();
    }

    private List<String> walk(int limit, Filter filter, Order order) {
        List<String> ids = new ArrayList<>();
        @Nullable AccessKeyCursor after = null;
        do {
            AccessKeyPage page = page(limit, after, filter, order);
            page.keys().forEach(key -> ids.add(key.id()));
            after = page.next() == null
                    ? null
                    : AccessKeyCursor.decode(page.next().encoded());
        } while (after != null);
        return ids;
    }

    private AccessKeyPage page(int limit, @Nullable AccessKeyCursor after, Filter filter, Order order) {
        return store.accessKeys().page(new AccessKeyQuery(limit, after, filter, order), NOW);
    }

    /** @param used seconds after NOW; 0 = never */
    private void insert(String id, String name, Instant createdAt, @Nullable Instant expiresAt, int used) {
        AccessKeySettings settings =
                new AccessKeySettings(name, "", FX, true, null, List.of(), null, CustomClaims.NONE, expiresAt);
        insert(key(id, settings, createdAt));
        if (used > 0) {
            store.accessKeys().recordUses(List.of(new Use(id, null, NOW.plusSeconds(used))));
        }
    }

    private void insert(AccessKey key) {
        store.accessKeys().insert(key, List.of(), List.of(event("key.create", key.id())));
    }
}
