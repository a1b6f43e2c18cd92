package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.fullKey;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.ImportListener;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.permission.Actor;
import dev.latchkey.sql.transfer.StoreCopy;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A copy of a store, from each database to each. */
class MigrateTest extends StoreContract {
    /** More than a batch. */
    private static final int KEYS = 600;

    @TempDir
    private Path targets;

    @BeforeEach
    void fill() throws SQLException, JsonSyntaxException {
        store.accessKeys()
                .insert(fullKey("full", "Full", "é 🔑", "fx"), List.of(scope("fx")), List.of(event("a", "full")));
        store.signingKeys()
                .insertFirst(
                        Samples.activeKey("A"), Samples.nextKey("N"), List.of(event("signing-key.create", "both")));
        store.users().insert(Samples.owner("ann"), event("user.create", "ann"));
        for (String insert : List.of(
                "INSERT INTO revoked_tokens VALUES ('jti', 9000000000)",
                "INSERT INTO deleted_keys VALUES ('gone', 5)",
                "INSERT INTO used_assertions VALUES ('full', 'hash', 7)",
                "INSERT INTO sessions (token_hash, username, created_at, last_seen_at) VALUES ('cookie', 'ann', 1, 2)",
                "INSERT INTO access_key_scope_uses VALUES ('full', 'fx', 1, NULL)",
                "INSERT INTO latchkey VALUES ('issuer', 'https://id.example.com')",
                "INSERT INTO issuers (name, issuer, max_age, single_use, created_at, created_by)"
                        + " VALUES ('hub', 'https://hub.example.com', 3600, 1, 2, 'ann')",
                "INSERT INTO federated_subjects (key_id, issuer, subject, place) VALUES ('full', 'hub', 'repo:a', 0)")) {
            execute(insert);
        }
        byte[] document = IntStream.range(0, KEYS)
                .mapToObj(i -> "{\"name\":\"key " + i + "\",\"scopes\":[\"fx\"]}")
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
        var unused = new AccessKeyImport(store.imports(), Clock.systemUTC(), new TokenSizeRule((id, settings) -> 0))
                .run(
                        Actor.operator("test"),
                        () -> new ByteArrayInputStream(document),
                        new AccessKeyImport.Rules(false, false),
                        ImportListener.NONE);
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.sql.TestDatabase#tested")
    void copy_holdsEveryRowOfEveryTable_andIsGoneOnWith(TestDatabase other) throws SQLException {
        TestDatabase.Place target = other.create(targets);

        Map<String, Long> rows = StoreCopy.run(db(), target.db(), done -> {}).rows();

        Map<String, List<String>> content = StoreContent.of(this::connect);
        assertThat(content.values()).filteredOn(List::isEmpty).hasSizeLessThan(2);
        assertThat(rows).hasSameSizeAs(content);
        assertThat(rows)
                .allSatisfy((table, count) -> assertThat(content.get(table)).hasSize(count.intValue()));
        assertThat(StoreContent.of(target.connecting())).isEqualTo(content);
        try (SqlStore copy = SqlStore.open(target.db(), SqlStore.Mode.EXISTING)) {
            assertThat(copy.accessKeys().find("full"))
                    .isEqualTo(store.accessKeys().find("full"));
            copy.accessKeys().insert(key("later", "fx"), List.of(), List.of(event("key.create", "later")));
        }
        assertThat(StoreContent.of(target.connecting()).get("audit_events"))
                .hasSize(content.get("audit_events").size() + 1);
    }

    @Test
    void copy_killedHalfWay_leavesTheTargetEmpty_andIsWholeTheNextTime() throws Exception {
        TestDatabase.Place target = database.create(targets);
        Process process = MigratingProcess.start(db(), target.db());
        assertThat(process.inputReader().readLine()).isEqualTo(MigratingProcess.HALF);
        process.destroyForcibly().waitFor();

        assertThat(StoreContent.of(target.connecting())).isEmpty();

        var unused = StoreCopy.run(db(), target.db(), done -> {});
        assertThat(StoreContent.of(target.connecting())).isEqualTo(StoreContent.of(this::connect));
    }

    @Test
    void copy_ontoAStoreWithARow_isAConflict_andLeavesIt() throws SQLException {
        TestDatabase.Place target = database.create(targets);
        try (SqlStore there = SqlStore.open(target.db(), SqlStore.Mode.CREATE)) {
            there.scopes().insert(List.of(scope("theirs")), List.of());
        }
        Map<String, List<String>> before = StoreContent.of(target.connecting());

        assertThat(failure(ErrorKind.CONFLICT, () -> StoreCopy.run(db(), target.db(), done -> {})))
                .hasMessageContaining("is not empty (scopes has rows)");
        assertThat(StoreContent.of(target.connecting())).isEqualTo(before);
        failure(ErrorKind.CONFLICT, () -> StoreCopy.run(db(), db(), done -> {}));
    }
}
