package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.NOW;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.fullKey;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyCursor;
import dev.latchkey.accesskey.AccessKeyPage;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.harness.Trees;
import dev.latchkey.scope.ScopeSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises about pages of access keys. */
class AccessKeyPageTest extends StoreContract {
    private static final ScopeSet FX = ScopeSet.of(List.of("fx"));

    @BeforeEach
    void addScopes() {
        store.scopes().insert(List.of(scope("vault"), scope("fx"), scope("a_b%c")), List.of());
    }

    @Test
    void page_emptyStore_isEmpty() {
        assertThat(page(10, null, null, null)).isEqualTo(new AccessKeyPage(List.of(), null));
    }

    @Test
    void page_isNewestFirst_withTheSecretsOfEach() {
        insert(key("b-old", named("n"), NOW.minusSeconds(1)));
        insert(key("B-same-second", named("n"), NOW));
        insert(fullKey("a-same-second", "n", "", "fx"));
        insert(key("a-new", named("n"), NOW.plusSeconds(1)));

        AccessKeyPage first = page(3, null, null, null);
        AccessKeyPage second = page(3, first.next(), null, null);

        assertThat(first.keys()).extracting(AccessKey::id).containsExactly("a-new", "a-same-second", "B-same-second");
        assertThat(first.keys()).extracting(key -> key.secrets().size()).containsExactly(1, 2, 1);
        assertThat(second.keys()).extracting(AccessKey::id).containsExactly("b-old");
        assertThat(second.next()).isNull();
    }

    /** Keys can be large, and many may ask for a page at once. */
    @Test
    void page_ofLargeKeys_isShorter_andAllAreFound() {
        CustomClaims claims = CustomClaims.of(Trees.object(Map.of("a", "é".repeat(2_000))));
        String jwks = "{\"keys\":[{\"x\":\"" + "k".repeat(25_000) + "\"}]}";
        for (int i = 0; i < 30; i++) {
            AccessKeySettings settings = new AccessKeySettings(
                    "n", "é".repeat(1_000), FX, true, null, List.of(), i % 3 == 0 ? null : jwks, claims, null);
            insert(key("large-" + i, settings, NOW.plusSeconds(i)));
        }

        List<AccessKeyPage> pages = walk(100);

        assertThat(pages).allSatisfy(page -> assertThat(page.keys()).hasSizeBetween(1, 8));
        assertThat(pages.stream().flatMap(page -> page.keys().stream()).map(AccessKey::id))
                .containsExactlyElementsOf(IntStream.range(0, 30)
                        .mapToObj(i -> "large-" + (29 - i))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"1,3", "2,2", "3,1", "4,1"})
    void page_theLastOne_saysThatThereIsNoMore(int limit, int pages) {
        insertMany(3);

        assertThat(walk(limit)).hasSize(pages);
    }

    @Test
    void page_keysOfOneSecond_areEachThereOnce() {
        for (int i = 0; i < 25; i++) {
            insert(key("key-" + i, named("n"), NOW));
        }

        List<String> walked = walk(4).stream()
                .flatMap(page -> page.keys().stream())
                .map(AccessKey::id)
                .toList();

        assertThat(walked).hasSize(25).doesNotHaveDuplicates();
        assertThat(walked)
                .isEqualTo(store.accessKeys().all().stream().map(AccessKey::id).toList());
    }

    @Test
    void page_whileKeysComeAndGo_skipsNoneAndRepeatsNone() {
        insertMany(60);
        Random random = new Random(20_260_704L);
        Set<String> stayed = new HashSet<>(
                store.accessKeys().all().stream().map(AccessKey::id).toList());
        List<String> seen = new ArrayList<>();

        AccessKeyCursor after = null;
        int round = 0;
        do {
            AccessKeyPage page = page(7, after, null, null);
            page.keys().forEach(key -> seen.add(key.id()));
            after = page.next();
            // One that was seen, one anywhere, and the very key that the cursor names go; newer and older ones come.
            remove(seen.get(random.nextInt(seen.size())), stayed);
            remove("key-" + random.nextInt(60), stayed);
            if (after != null) {
                remove(after.id(), stayed);
            }
            insert(key("newer-" + round, named("n"), NOW.plusSeconds(1000 + round)));
            insert(key("older-" + round, named("n"), NOW.minusSeconds(1000 + round)));
            round++;
        } while (after != null);

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen).containsAll(stayed);
        assertThat(seen).noneMatch(id -> id.startsWith("newer-"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders service",
                "ORDERS",
                "s%s",
                "100%",
                "a_b",
                "A_B%C",
                "ack_orders",
                "ACK_",
                "second line",
                "!",
                "zoë",
                "ZOË",
                "πωσ",
                "'",
                "\\"
            })
    void page_text_findsItInNameIdDescriptionAndScopes(String text) {
        insert(key("other", named("Something else"), NOW));
        insert(fullKey("ack_orders", "Orders Service (s%s) Zoë ΠΩΣ", "100% sure!\nSecond line's \\", "vault", "a_b%c"));

        assertThat(page(10, null, text, null).keys()).extracting(AccessKey::id).containsExactly("ack_orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "o%r", "orders_service", "vault a_b%c x", "!%", "\0", "secret"})
    void page_text_hasNoWildcards_andLooksNowhereElse(String text) {
        insert(fullKey("ack_orders", "Orders Service", "", "vault"));

        assertThat(page(10, null, text.replace("_", "__"), null).keys()).isEmpty();
    }

    @Test
    void page_enabled_andText_holdTogether_fromPageToPage() {
        for (int i = 0; i < 20; i++) {
            AccessKeySettings settings = named(i % 2 == 0 ? "even" : "odd").withEnabled(i % 4 == 0);
            insert(key("key-" + i, settings, NOW.plusSeconds(i)));
        }

        AccessKeyPage first = page(3, null, "even", true);
        AccessKeyPage second = page(3, first.next(), "even", true);

        assertThat(first.keys()).extracting(AccessKey::id).containsExactly("key-16", "key-12", "key-8");
        assertThat(second.keys()).extracting(AccessKey::id).containsExactly("key-4", "key-0");
        assertThat(second.next()).isNull();
        assertThat(page(20, null, null, false).keys()).hasSize(15);
    }

    @Test
    void page_text_followsAnEdit() {
        AccessKey key = key("one", named("Before"), NOW);
        insert(key);
        AccessKey edited = new AccessKey("one", named("After"), key.secrets(), NOW, key.createdBy(), NOW, null, 2);
        store.accessKeys().update(edited, 1, event("key.edit", "one"));

        assertThat(page(10, null, "before", null).keys()).isEmpty();
        assertThat(page(10, null, "after", null).keys()).hasSize(1);
    }

    private List<AccessKeyPage> walk(int limit) {
        List<AccessKeyPage> pages = new ArrayList<>();
        AccessKeyCursor after = null;
        do {
            AccessKeyPage page = page(limit, after, null, null);
            pages.add(page);
            // As a client would: the cursor goes out as text and comes back.
            after = page.next() == null
                    ? null
                    : AccessKeyCursor.decode(page.next().encoded());
        } while (after != null);
        return pages;
    }

    private AccessKeyPage page(
            int limit, @Nullable AccessKeyCursor after, @Nullable String text, @Nullable Boolean enabled) {
        return store.accessKeys().page(AccessKeyQuery.newest(limit, after, text, enabled), NOW);
    }

    private void insertMany(int count) {
        for (int i = 0; i < count; i++) {
            insert(key("key-" + i, named("n"), createdAt(i)));
        }
    }

    /** Two keys to a second. */
    private static Instant createdAt(int index) {
        return NOW.plusSeconds(index / 2);
    }

    private static AccessKeySettings named(String name) {
        return AccessKeySettings.named(name, FX);
    }

    private void remove(String id, Set<String> stayed) {
        store.accessKeys().delete(id, 1, event("key.delete", id));
        stayed.remove(id);
    }

    private void insert(AccessKey key) {
        store.accessKeys().insert(key, List.of(), List.of(event("key.create", key.id())));
    }
}
