package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.ANN;
import static dev.latchkey.sql.Samples.NOW;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises about the audit log. */
class AuditStoreTest extends StoreContract {
    @Test
    void page_emptyLog_isEmpty() {
        assertThat(page(10, null, null, null)).isEqualTo(new AuditPage(List.of(), null));
    }

    @Test
    void page_hasEventsAsTheyWere_newestFirst() {
        AuditEvent first = new AuditEvent(NOW, ANN, "key.edit", "one", "{\"a\":1}", "{\"a\":2}");
        AuditEvent second = new AuditEvent(NOW, Actor.operator("root"), "key.delete", "one", "{}", null);
        AuditEvent third = new AuditEvent(NOW, Actor.system(), "user.add", "Zoë", null, "{}");
        append(List.of(first, second, third));

        assertThat(page(10, null, null, null).entries())
                .extracting(AuditPage.Entry::event)
                .containsExactly(third, second, first);
    }

    @Test
    void page_hasTheNames_thatKeysHadThen() {
        Actor key = new Actor(Actor.Kind.KEY, "ack_a", Role.OWNER, "192.0.2.7", "deploy");
        AuditEvent event = new AuditEvent(NOW, key, "key.rotate", "ack_b", "orders", null, null);
        append(List.of(event));

        assertThat(page(10, null, null, null).entries())
                .extracting(AuditPage.Entry::event)
                .containsExactly(event);
    }

    @Test
    void page_ofAKey_isFoundByItsId_andByEachNameItHasOrHad() {
        append(List.of(
                named("key.create", "one", "old"),
                named("key.edit", "one", "new"),
                named("key.rotate", "one", "new"),
                named("key.create", "two", "old"),
                named("key.create", "three", "else"),
                event("scope.add", "old"),
                event("user.add", "one")));

        assertThat(found(new AuditQuery.Filter(null, "one", null, null, null)))
                .containsExactly("key.rotate one", "key.edit one", "key.create one");
        assertThat(found(new AuditQuery.Filter(null, "old", null, null, null)))
                .containsExactly("key.create two", "key.rotate one", "key.edit one", "key.create one");
        assertThat(found(new AuditQuery.Filter(null, "new", null, "key.edit", null)))
                .containsExactly("key.edit one");
        assertThat(found(new AuditQuery.Filter(null, "ne", null, null, null))).isEmpty();
        assertThat(found(new AuditQuery.Filter(null, "new\0", null, null, null)))
                .isEmpty();
    }

    @Test
    void page_ofAKeyFromBefore_isFoundByTheNameItHasNow() {
        store.accessKeys().insert(key("one", "a"), List.of(scope("a")), List.of(event("key.create", "one")));
        String name = store.accessKeys().find("one").orElseThrow().settings().name();

        assertThat(found(new AuditQuery.Filter(null, name, null, null, null))).containsExactly("key.create one");
    }

    @Test
    void page_ofAnActor_isFoundByName_byId_andByTheNameOfTheKey() {
        Actor key = new Actor(Actor.Kind.KEY, "ack_a", Role.OWNER, "192.0.2.7", "deploy");
        append(List.of(
                new AuditEvent(NOW, key, "scope.add", "one", null, null),
                new AuditEvent(NOW, ANN, "scope.add", "two", null, null)));

        assertThat(found(new AuditQuery.Filter(null, null, "ann", null, null))).containsExactly("scope.add two");
        assertThat(found(new AuditQuery.Filter(null, null, "ack_a", null, null)))
                .containsExactly("scope.add one");
        assertThat(found(new AuditQuery.Filter(null, null, "deploy", null, null)))
                .containsExactly("scope.add one");
        assertThat(found(new AuditQuery.Filter(null, null, "an", null, null))).isEmpty();
    }

    @Test
    void page_since_holdsTheMomentItself() {
        append(List.of(
                new AuditEvent(NOW.minusSeconds(1), ANN, "scope.add", "before", null, null),
                new AuditEvent(NOW, ANN, "scope.add", "edge", null, null)));

        assertThat(found(new AuditQuery.Filter(null, null, null, null, NOW))).containsExactly("scope.add edge");
        assertThat(found(new AuditQuery.Filter(null, null, null, null, NOW.minusSeconds(1))))
                .hasSize(2);
        assertThat(found(new AuditQuery.Filter(null, null, null, null, NOW.plusSeconds(1))))
                .isEmpty();
    }

    private static AuditEvent named(String action, String subject, String name) {
        return new AuditEvent(NOW, ANN, action, subject, name, null, null);
    }

    private List<String> found(AuditQuery.Filter filter) {
        return store.audit().page(new AuditQuery(500, null, filter)).entries().stream()
                .map(entry -> entry.event().action() + " " + entry.event().subject())
                .toList();
    }

    @Test
    void append_writesOneEvent() {
        AuditEvent event = new AuditEvent(NOW, Actor.system(), "session.refuse", "ann", null, "{}");

        store.audit().append(event);

        assertThat(page(10, null, null, null).entries())
                .extracting(AuditPage.Entry::event)
                .containsExactly(event);
    }

    /** What is before and after a change can be large, and many may ask at once. */
    @Test
    void page_ofLargeEvents_isShorter_andAllAreFound() {
        String large = "{\"a\":\"" + "é".repeat(60_000) + "\"}";
        append(IntStream.range(0, 20)
                .mapToObj(i -> new AuditEvent(NOW, ANN, "key.edit", "key-" + i, large, i % 2 == 0 ? large : null))
                .toList());
        List<String> seen = new ArrayList<>();

        Long before = null;
        do {
            AuditPage page = page(500, before, null, null);
            assertThat(page.entries()).hasSizeBetween(1, 3);
            page.entries().forEach(entry -> seen.add(entry.event().subject()));
            before = page.next();
        } while (before != null);

        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "key-" + (19 - i)).toList());
    }

    @Test
    void page_followsNext_withoutGapsOrRepeats_whileEventsCome() {
        append(IntStream.range(0, 10)
                .mapToObj(i -> event("key.edit", "key-" + i))
                .toList());
        List<String> seen = new ArrayList<>();

        Long before = null;
        do {
            AuditPage page = page(3, before, null, null);
            page.entries().forEach(entry -> seen.add(entry.event().subject()));
            before = page.next();
            append(List.of(event("key.edit", "newer")));
        } while (before != null);

        assertThat(seen)
                .containsExactly(
                        "key-9", "key-8", "key-7", "key-6", "key-5", "key-4", "key-3", "key-2", "key-1", "key-0");
    }

    @Test
    void page_ofExactlyAllThatIsLeft_isTheLast() {
        append(IntStream.range(0, 4)
                .mapToObj(i -> event("key.edit", "key-" + i))
                .toList());

        AuditPage first = page(2, null, null, null);
        AuditPage second = page(2, first.next(), null, null);

        assertThat(first.next()).isNotNull();
        assertThat(second.entries()).hasSize(2);
        assertThat(second.next()).isNull();
    }

    @Test
    void page_subjectAndAction_holdTogether() {
        append(List.of(
                event("key.create", "one"),
                event("key.edit", "one"),
                event("key.edit", "two"),
                event("keys.edit", "one"),
                event("key.edit.more", "one")));

        assertThat(actions("one", "key")).containsExactly("key.edit.more", "key.edit", "key.create");
        assertThat(actions("one", "key.edit")).containsExactly("key.edit.more", "key.edit");
        assertThat(actions("one", null)).hasSize(4);
        assertThat(actions(null, "keys")).containsExactly("keys.edit");
        assertThat(actions("two", "key")).containsExactly("key.edit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KEY", "ke", "key.", "k%", "key.ed_t", "", "\0", "'"})
    void page_otherAction_findsNothing(String action) {
        append(List.of(event("key.edit", "one")));

        assertThat(actions(null, action)).isEmpty();
        assertThat(actions(action, null)).isEmpty();
    }

    @Test
    void prune_dropsOlderEvents_keepsTheEdge_andTellsHowMany() {
        List<AuditEvent> old = IntStream.range(0, 12_000)
                .mapToObj(i -> new AuditEvent(NOW.minusSeconds(1 + i % 7), ANN, "key.edit", "old", null, null))
                .toList();
        append(old);
        append(List.of(event("key.edit", "edge")));

        assertThat(store.audit().prune(NOW)).isEqualTo(12_000);
        assertThat(store.audit().prune(NOW)).isZero();

        assertThat(page(10, null, null, null).entries())
                .extracting(entry -> entry.event().subject())
                .containsExactly("edge");
    }

    @Test
    void numbers_areNotGivenAgain_afterAPrune() {
        append(List.of(event("key.edit", "one")));
        long number = page(1, null, null, null).entries().get(0).number();
        store.audit().prune(NOW.plusSeconds(1));
        append(List.of(event("key.edit", "two")));

        assertThat(page(1, null, null, null).entries().get(0).number()).isGreaterThan(number);
    }

    private List<String> actions(@Nullable String subject, @Nullable String action) {
        return page(500, null, subject, action).entries().stream()
                .map(entry -> entry.event().action())
                .toList();
    }

    private AuditPage page(int limit, @Nullable Long before, @Nullable String subject, @Nullable String action) {
        return store.audit()
                .page(new AuditQuery(limit, before, new AuditQuery.Filter(subject, null, null, action, null)));
    }

    /** Events come with a change; here with a scope of their own. */
    private void append(List<AuditEvent> events) {
        store.scopes().insert(List.of(scope("scope-" + System.nanoTime())), events);
    }
}
