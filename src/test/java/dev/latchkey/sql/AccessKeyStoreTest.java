package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.NOW;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.fullKey;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static dev.latchkey.sql.Samples.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises about access keys and the catalogue of scopes. */
class AccessKeyStoreTest extends StoreContract {
    @BeforeEach
    void addScopes() {
        store.scopes().insert(List.of(scope("vault"), scope("fx")), List.of(event("scope.add", "both")));
    }

    @Test
    void find_fullKey_hasEveryFieldInOrder() {
        AccessKey key = fullKey("full", "Orders", "Two\nlines", "vault", "latchkey:admin", "fx");
        insert(key);

        AccessKey found = open().accessKeys().find("full").orElseThrow();

        assertThat(found).usingRecursiveComparison().isEqualTo(key);
        assertThat(found.settings()).isEqualTo(key.settings());
        assertThat(found.secrets()).extracting(StoredSecret::hint).containsExactly("cret", "cret");
        assertThat(found.secrets().get(0).hash().matches(SecretHash.of("the older secret")))
                .isTrue();
        assertThat(found.secrets().get(1).hash().matches(SecretHash.of("the younger secret")))
                .isTrue();
    }

    @Test
    void find_keyOfDefaults_hasNulls() {
        AccessKey key = key("plain", "fx");
        insert(key);

        assertThat(store.accessKeys().find("plain").orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(key);
    }

    @Test
    void find_keyWithoutSecret_hasNone() {
        AccessKey key = new AccessKey(
                "jwks", AccessKeySettings.named("n", ScopeSet.of(List.of("fx"))), List.of(), NOW, "x", NOW, null, 1);
        insert(key);

        assertThat(store.accessKeys().find("jwks").orElseThrow().secrets()).isEmpty();
        assertThat(store.accessKeys().all().get(0).secrets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O'Brien \"quoted\" `ticks`",
                "'; DROP TABLE access_keys; --",
                "<script>alert(1)</script> &amp;",
                "Zoë 鍵 🔑 👩‍👩‍👧 \u202Eabc\u202C e\u0301",
                "%_\\ \\' $1 ? :name ${ascii}",
                "null"
            })
    void find_nameOfAnyKind_comesBackUnchanged(String name) {
        insert(fullKey("any", name, name, "fx"));

        AccessKeySettings found = store.accessKeys().find("any").orElseThrow().settings();

        assertThat(found.name()).isEqualTo(name);
        assertThat(found.description()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "", "ABC", "a%", "' OR '1'='1", "abc\0", "\0", "\uD800", "🔑"})
    void find_otherId_isEmpty(String id) {
        insert(key("abc", "fx"));

        assertThat(store.accessKeys().find(id)).isEmpty();
    }

    @Test
    void all_isNewestFirst_withTheSecretsOfEach() {
        ScopeSet fx = ScopeSet.of(List.of("fx"));
        insert(key("b-old", AccessKeySettings.named("n", fx), NOW.minusSeconds(1)));
        insert(key("B-same-second", AccessKeySettings.named("n", fx), NOW));
        insert(fullKey("a-same-second", "n", "", "fx"));
        insert(key("a-new", AccessKeySettings.named("n", fx), NOW.plusSeconds(1)));

        List<AccessKey> all = store.accessKeys().all();

        assertThat(all).extracting(AccessKey::id).containsExactly("a-new", "a-same-second", "B-same-second", "b-old");
        assertThat(all).extracting(key -> key.secrets().size()).containsExactly(1, 2, 1, 1);
        assertThat(all)
                .allSatisfy(key -> assertThat(store.accessKeys().find(key.id()))
                        .get()
                        .usingRecursiveComparison()
                        .isEqualTo(key));
    }

    @Test
    void all_emptyStore_isEmpty() {
        assertThat(store.accessKeys().all()).isEmpty();
    }

    @Test
    void insert_duplicateId_isConflict_andChangesNothing() throws SQLException {
        insert(key("one", "fx"));

        failure(
                ErrorKind.CONFLICT,
                () -> store.accessKeys()
                        .insert(
                                fullKey("one", "other", "", "vault", "new"),
                                List.of(scope("new")),
                                List.of(event("scope.add", "new"), event("key.create", "one again"))));

        assertThat(store.accessKeys().find("one").orElseThrow().settings().name())
                .isEqualTo("Key one");
        assertThat(store.scopes().all()).extracting(Scope::name).doesNotContain("new");
        assertThat(audited()).containsExactly("scope.add both", "key.create one");
    }

    @Test
    void insert_unknownScope_isInvalid_andLeavesNoTrace() throws SQLException {
        List<FieldError> errors = failure(ErrorKind.INVALID, () -> insert(key("one", "fx", "nowhere")))
                .errors();

        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("scopes");
            assertThat(error.message()).contains("nowhere");
        });
        assertThat(store.accessKeys().find("one")).isEmpty();
        assertThat(column("SELECT key_id FROM access_key_secrets")).isEmpty();
        assertThat(audited()).containsExactly("scope.add both");
    }

    @Test
    void insert_reservedScope_needsNoCatalogue() {
        insert(key("admin", "latchkey:admin"));

        assertThat(store.accessKeys()
                        .find("admin")
                        .orElseThrow()
                        .settings()
                        .scopes()
                        .tokens())
                .containsExactly("latchkey:admin");
        assertThat(store.scopes().all()).extracting(Scope::name).containsExactly("fx", "vault");
    }

    @Test
    void insert_unlistedScopes_areAdded_andThoseThereStayAsTheyAre() throws SQLException {
        Scope otherFx = new Scope("fx", "another description", NOW, "user:bob");

        store.accessKeys()
                .insert(
                        key("one", "new", "fx"),
                        List.of(scope("new"), otherFx),
                        List.of(event("scope.add", "new"), event("scope.add", "fx"), event("key.create", "one")));

        assertThat(store.scopes().all()).containsExactly(scope("fx"), scope("new"), scope("vault"));
        assertThat(audited()).containsExactly("scope.add both", "scope.add new", "key.create one");
    }

    @Test
    void insert_writesTheEventWithItsActor() throws SQLException {
        insert(key("one", "fx"));

        assertThat(column("SELECT at || '|' || actor_kind || '|' || actor_name || '|' || actor_role || '|'"
                        + " || actor_from || '|' || action || '|' || subject || '|' || coalesce(before, 'none') || '|'"
                        + " || after FROM audit_events WHERE subject = 'one'"))
                .containsExactly(
                        NOW.getEpochSecond() + "|user|ann|owner|192.0.2.7|key.create|one|none|{\"name\":\"one\"}");
    }

    @Test
    void insertScope_thereAlready_isConflict_andAddsNone() throws SQLException {
        assertThat(failure(
                        ErrorKind.CONFLICT,
                        () -> store.scopes()
                                .insert(List.of(scope("new"), scope("fx")), List.of(event("scope.add", "new")))))
                .hasMessageContaining("fx");

        assertThat(store.scopes().all()).extracting(Scope::name).containsExactly("fx", "vault");
        assertThat(audited()).containsExactly("scope.add both");
    }

    @Test
    void allScopes_areInTheOrderOfTheirBytes() {
        store.scopes().insert(List.of(scope("Z"), scope("a:b"), scope("a"), scope("!")), List.of());

        assertThat(store.scopes().all()).extracting(Scope::name).containsExactly("!", "Z", "a", "a:b", "fx", "vault");
    }

    @Test
    void deleteScope_unused_isGone() throws SQLException {
        store.scopes().delete("fx", event("scope.remove", "fx"));

        assertThat(store.scopes().all()).extracting(Scope::name).containsExactly("vault");
        assertThat(audited()).containsExactly("scope.add both", "scope.remove fx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "FX", "fx\0", ""})
    void deleteScope_unknown_isNotFound(String name) throws SQLException {
        failure(ErrorKind.NOT_FOUND, () -> store.scopes().delete(name, event("scope.remove", "x")));

        assertThat(audited()).containsExactly("scope.add both");
    }

    @Test
    void deleteScope_thatAKeyHas_isConflict_andStays() throws SQLException {
        insert(key("one", "fx"));

        failure(ErrorKind.CONFLICT, () -> store.scopes().delete("fx", event("scope.remove", "fx")));

        assertThat(store.scopes().all()).extracting(Scope::name).containsExactly("fx", "vault");
        assertThat(audited()).containsExactly("scope.add both", "key.create one");
    }

    @Test
    void deleteKeyRow_takesItsSecretsAndScopesAlong() throws SQLException {
        insert(fullKey("one", "n", "", "fx"));

        execute("DELETE FROM access_keys WHERE id = 'one'");

        assertThat(column("SELECT key_id FROM access_key_secrets")).isEmpty();
        store.scopes().delete("fx", event("scope.remove", "fx"));
    }

    @Test
    void secret_ofOneKey_isNotThatOfAnother() {
        insert(key("one", "fx"));
        insert(key("two", "fx"));

        assertThat(store.accessKeys().find("two").orElseThrow().secrets())
                .singleElement()
                .satisfies(found -> assertThat(
                                found.hash().matches(secret("secret of two").hash()))
                        .isTrue());
    }

    private void insert(AccessKey key) {
        store.accessKeys().insert(key, List.of(), List.of(event("key.create", key.id())));
    }
}
