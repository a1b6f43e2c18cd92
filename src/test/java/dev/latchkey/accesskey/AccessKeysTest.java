package dev.latchkey.accesskey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.audit.AuditQuery;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.harness.Trees;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.sql.SqlStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeysTest {
    private static final Actor OWNER = Actor.operator("test");
    private static final AccessKeySettings SETTINGS = AccessKeySettings.named("n", ScopeSet.of(List.of("fx")));

    private final SqlStore store = SqlStore.open(":memory:", SqlStore.Mode.CREATE);
    private final MutableClock clock = new MutableClock(Instant.parse("2026-07-04T12:00:00.9Z"));
    private final AccessKeys keys =
            new AccessKeys(store.accessKeys(), store.scopes(), clock, new TokenSizeRule((id, settings) -> 0));
    private final NewAccessKey key = keys.create(OWNER, SETTINGS, true);
    private final String id = key.key().id();

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void edit_atTheRevisionThatWasSeen_isDone_andAtAnotherRefused() {
        AccessKey first = keys.edit(OWNER, id, renamed("First"), 1L);

        assertThat(first.revision()).isEqualTo(2);
        failure(ErrorKind.PRECONDITION_FAILED, () -> keys.edit(OWNER, id, renamed("Second"), 1L));
        assertThat(keys.get(OWNER, id).settings().name()).isEqualTo("First");
    }

    @Test
    void edit_ofDifferentFieldsAtOnce_losesNone() {
        List<UnaryOperator<AccessKeySettings>> changes = List.of(
                patch(Map.of("name", "Renamed")),
                patch(Map.of("description", "Described")),
                patch(Map.of("audience", List.of("urn:a"))),
                patch(Map.of("token_lifetime", 300L)),
                patch(Map.of("claims", Map.of("a", 1L))));

        IntStream.range(0, changes.size()).parallel().forEach(i -> keys.edit(OWNER, id, changes.get(i), null));

        AccessKeySettings settings = keys.get(OWNER, id).settings();
        assertThat(settings.name()).isEqualTo("Renamed");
        assertThat(settings.description()).isEqualTo("Described");
        assertThat(settings.audience()).containsExactly("urn:a");
        assertThat(settings.tokenLifetime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.claims().json()).isEqualTo("{\"a\":1}");
        assertThat(keys.get(OWNER, id).revision()).isEqualTo(6);
    }

    @Test
    void edit_anUnknownScope_isInvalid_andNothingChanges() {
        failure(ErrorKind.INVALID, () -> keys.edit(OWNER, id, patch(Map.of("scopes", List.of("fx", "nowhere"))), null));

        assertThat(keys.get(OWNER, id)).usingRecursiveComparison().isEqualTo(key.key());
    }

    @Test
    void unknownKey_isNotFound() {
        for (String unknown : List.of("ack_unknown", "", "a b", "\0", "x".repeat(10_000))) {
            failure(ErrorKind.NOT_FOUND, () -> keys.get(OWNER, unknown));
            failure(ErrorKind.NOT_FOUND, () -> keys.edit(OWNER, unknown, renamed("x"), null));
            failure(ErrorKind.NOT_FOUND, () -> keys.rotate(OWNER, unknown, Duration.ZERO));
            failure(ErrorKind.NOT_FOUND, () -> keys.delete(OWNER, unknown, null));
        }
    }

    @Test
    void rotate_isStoredAsItIsAnswered() {
        NewAccessKey rotated = keys.rotate(OWNER, id, Duration.ofMillis(1500));

        assertThat(keys.get(OWNER, id)).usingRecursiveComparison().isEqualTo(rotated.key());
        assertThat(rotated.key().secrets()).hasSize(2);
        assertThat(rotated.key().secrets().get(0).expiresAt()).isEqualTo("2026-07-04T12:00:01Z");
        assertThat(rotated.secret().reveal()).isNotEqualTo(key.secret().reveal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT720H1S", "PT9223372036854775807S"})
    void rotate_graceOutsideOfZeroToThirtyDays_isInvalid(Duration grace) {
        failure(ErrorKind.INVALID, () -> keys.rotate(OWNER, id, grace));

        assertThat(keys.get(OWNER, id).secrets()).hasSize(1);
        assertThat(keys.rotate(OWNER, id, Duration.ofDays(30)).key().secrets()).hasSize(2);
    }

    @Test
    void everyChange_isAudited_withoutASecret() {
        NewAccessKey rotated = keys.rotate(OWNER, id, Duration.ofHours(1));
        keys.edit(OWNER, id, renamed("Renamed"), null);
        keys.delete(OWNER, id, null);

        var entries = store.audit()
                .page(new AuditQuery(10, null, new AuditQuery.Filter(id, null, null, null, null)))
                .entries();

        assertThat(entries)
                .extracting(entry -> entry.event().action())
                .containsExactly("key.delete", "key.edit", "key.rotate", "key.create");
        assertThat(entries.get(1).event().before()).contains("\"name\":\"n\"");
        assertThat(entries.get(1).event().after()).contains("\"name\":\"Renamed\"");
        assertThat(entries.toString())
                .doesNotContain(key.secret().reveal(), rotated.secret().reveal())
                .doesNotContain(
                        key.secret().hash().encoded(), rotated.secret().hash().encoded());
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"DEVELOPER", "ADMIN"})
    void othersThanOwners_createAndView_butDoNotChange(Role role) {
        Actor actor = new Actor(Actor.Kind.USER, "ann", role, "192.0.2.1");

        assertThat(keys.get(actor, keys.create(actor, SETTINGS, false).key().id())
                        .createdBy())
                .isEqualTo("user:ann");
        assertThat(keys.page(actor, AccessKeyQuery.newest(10, null, null, null)).keys())
                .hasSize(2);
        failure(ErrorKind.FORBIDDEN, () -> keys.create(actor, SETTINGS, true));
        failure(ErrorKind.FORBIDDEN, () -> keys.create(actor, withScope("latchkey:developer"), false));
        failure(ErrorKind.FORBIDDEN, () -> keys.edit(actor, id, renamed("x"), null));
        failure(ErrorKind.FORBIDDEN, () -> keys.setEnabled(actor, id, false));
        failure(ErrorKind.FORBIDDEN, () -> keys.rotate(actor, id, Duration.ZERO));
        failure(ErrorKind.FORBIDDEN, () -> keys.delete(actor, id, null));
    }

    @Test
    void cursor_isWhatAPageGave_andNothingElse() {
        AccessKeyQuery.Order byName = AccessKeyQuery.Order.parse("name");
        for (AccessKeyCursor cursor : List.of(
                AccessKeyCursor.behind(key.key(), AccessKeyQuery.Order.NEWEST_FIRST),
                new AccessKeyCursor(byName, "a:b: \uD83D\uDD11".repeat(40), "ack_a"))) {
            assertThat(cursor.encoded()).hasSizeLessThan(AccessKeyCursor.MAX_LENGTH);
            assertThat(AccessKeyCursor.decode(cursor.encoded())).isEqualTo(cursor);
        }
        List<String> others = new ArrayList<>(List.of("", "x", "MQ", "OjEy", "!!", "\0"));
        for (String text : List.of(
                "created:abc",
                "created:abc:x",
                "created:abc:-1",
                "created:abc:99999999999999999999",
                "created:a b:1",
                "other:abc:1",
                "name:abc:\0",
                "1700000000:abc")) {
            others.add(Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
        }
        for (String other : others) {
            assertThat(failure(ErrorKind.INVALID, () -> AccessKeyCursor.decode(other))
                            .errors())
                    .extracting(error -> error.field())
                    .containsExactly("cursor");
        }
    }

    @Test
    void json_ofANewKey_holdsItsSecret_butDoesNotPrintIt() {
        AccessKeyJson json = AccessKeyJson.of(key);

        assertThat(json.secret()).isEqualTo(key.secret().reveal());
        assertThat(json.toString()).doesNotContain(key.secret().reveal());
        assertThat(AccessKeyJson.of(key.key()).secret()).isNull();
    }

    @Test
    void order_isReadWithItsDirection_andRefusedElsewhere() {
        assertThat(AccessKeyQuery.Order.parse("-created_at")).isEqualTo(AccessKeyQuery.Order.NEWEST_FIRST);
        assertThat(AccessKeyQuery.Order.parse("last_used").toString()).isEqualTo("last_used");
        assertThat(AccessKeyQuery.Order.parse("-expires").toString()).isEqualTo("-expires");
        for (String other : List.of("", "-", "--name", "NAME", "name_at_at", "size")) {
            failure(ErrorKind.INVALID, () -> AccessKeyQuery.Order.parse(other));
        }
        AccessKeyCursor newest = AccessKeyCursor.behind(key.key(), AccessKeyQuery.Order.NEWEST_FIRST);
        failure(
                ErrorKind.INVALID,
                () -> new AccessKeyQuery(1, newest, AccessKeyQuery.Filter.NONE, AccessKeyQuery.Order.parse("created")));
    }

    @Test
    void query_isBounded() {
        assertThat(AccessKeyQuery.newest(100, null, "x".repeat(400), null).limit())
                .isEqualTo(100);
        for (int limit : new int[] {0, -1, 101}) {
            failure(ErrorKind.INVALID, () -> AccessKeyQuery.newest(limit, null, null, null));
        }
        failure(ErrorKind.INVALID, () -> AccessKeyQuery.newest(1, null, "x".repeat(401), null));
        Duration century = Duration.ofDays(36_501);
        failure(ErrorKind.INVALID, () -> new AccessKeyQuery.Filter(null, null, century, null, null));
        failure(ErrorKind.INVALID, () -> new AccessKeyQuery.Filter(null, null, null, century, null));
    }

    private static AccessKeySettings withScope(String scope) {
        return AccessKeySettings.named("n", ScopeSet.of(List.of(scope)));
    }

    private static UnaryOperator<AccessKeySettings> renamed(String name) {
        return patch(Map.of("name", name));
    }

    private static UnaryOperator<AccessKeySettings> patch(Map<String, Object> patch) {
        return settings -> AccessKeySettingsJson.merge(settings, Trees.object(patch));
    }

    private static ServiceException failure(ErrorKind kind, ThrowingCallable call) {
        ServiceException failure = catchThrowableOfType(ServiceException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(kind);
        return failure;
    }
}
