package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.ImportListener;
import dev.latchkey.accesskey.importing.ImportSource;
import dev.latchkey.accesskey.importing.ImportTotals;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.permission.Actor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A file that says which keys there are: what it does not name is deleted. */
class DeclaredKeysTest extends StoreContract {
    private static final Actor OWNER = Actor.operator("test");
    private static final AccessKeyImport.Rules PRUNING = new AccessKeyImport.Rules(false, false).pruning();
    private static final String SCOPES = "{\"scopes\":[{\"name\":\"fx\"}],\"keys\":[";

    private final MutableClock clock = new MutableClock(Instant.parse("2026-07-04T12:00:00Z"));
    private final TokenSizeRule anySize = new TokenSizeRule((id, settings) -> 0);

    @Test
    void prune_deletesWhatNoRowNames_byIdOrByName() throws Exception {
        add("named", "by-name", "gone-1", "gone-2");

        ImportTotals totals =
                run(SCOPES + row("named") + ",{\"name\":\"Key by-name\"},{\"name\":\"New\",\"scopes\":[\"fx\"]}]}");

        assertThat(totals).isEqualTo(new ImportTotals(0, 0, 1, 0, 2, 2, 1));
        assertThat(names()).containsExactlyInAnyOrder("Key named", "Key by-name", "New");
        assertThat(audited()).contains("key.delete gone-1", "key.delete gone-2").doesNotContain("key.delete named");
        assertThat(column("SELECT id FROM deleted_keys ORDER BY id")).containsExactly("gone-1", "gone-2");
    }

    @Test
    void prune_dryRun_tellsTheSame_andDeletesNothing() throws Exception {
        add("named", "gone-1", "gone-2");
        List<String> told = new ArrayList<>();

        ImportTotals totals = imports().compare(OWNER, source(SCOPES + row("named") + "]}"), PRUNING, deletions(told));

        assertThat(totals).isEqualTo(new ImportTotals(0, 0, 0, 0, 2, 1, 0));
        assertThat(totals.isNothing()).isFalse();
        assertThat(told).containsExactly("gone-1", "gone-2");
        assertThat(names()).hasSize(3);
        assertThat(run(SCOPES + row("named") + "]}").deleted()).isEqualTo(2);
        assertThat(run(SCOPES + row("named") + "]}").isNothing()).isTrue();
    }

    @Test
    void prune_thousandsOfKeys_amongThousandsThatStay() throws Exception {
        String[] ids = IntStream.range(0, 1234).mapToObj(i -> "key-" + i).toArray(String[]::new);
        add(ids);
        String even = IntStream.range(0, 1234)
                .filter(i -> i % 2 == 0)
                .mapToObj(i -> row("key-" + i))
                .collect(Collectors.joining(","));

        assertThat(run(SCOPES + even + "]}")).isEqualTo(new ImportTotals(0, 0, 0, 0, 617, 617, 0));

        assertThat(names()).hasSize(617);
    }

    @Test
    void prune_aBadRow_deletesNothing() {
        add("named", "gone");

        failure(ErrorKind.INVALID, () -> run(SCOPES + row("named") + ",{\"id\":\"x\"}]}"));

        assertThat(names()).hasSize(2);
    }

    @Test
    void prune_aFileThatNamesNoKey_isRefused() {
        add("one", "two");

        for (String file : List.of("{}", "{\"keys\":[]}", "{\"scopes\":[]}")) {
            assertThat(failure(ErrorKind.INVALID, () -> run(file))).hasMessageStartingWith("keys names no key");
        }

        assertThat(names()).hasSize(2);
    }

    @Test
    void prune_aKeyThatIsChangedMeanwhile_isDeletedAsItIsByThen() throws Exception {
        add("named", "gone");
        SqlStore other = open();
        AccessKeys keys = new AccessKeys(other.accessKeys(), other.scopes(), clock, anySize);
        List<String> told = new ArrayList<>();
        boolean oneWriter = database == TestDatabase.SQLITE;

        imports().run(OWNER, source(SCOPES + row("named") + "]}"), PRUNING, new ImportListener() {
            @Override
            public void keyDeleted(AccessKey key, AuditEvent event) {
                told.add(key.id());
                if (told.size() == 1 && !oneWriter) {
                    keys.setEnabled(OWNER, "gone", false);
                }
            }
        });

        assertThat(names()).containsExactly("Key named");
        assertThat(told).hasSize(oneWriter ? 1 : 2);
    }

    @Test
    void dryRun_seesTheStoreAsItIsAtOneMoment() throws Exception {
        add("named", "first");
        SqlStore other = open();
        List<String> told = new ArrayList<>();

        imports().compare(OWNER, source(SCOPES + row("named") + "]}"), PRUNING, new ImportListener() {
            @Override
            public void progress(long rows, long all) {
                other.accessKeys().insert(key("later", "fx"), List.of(), List.of());
            }

            @Override
            public void keyDeleted(AccessKey key, AuditEvent event) {
                told.add(key.id());
            }
        });

        assertThat(told).containsExactly("first");
        assertThat(names()).hasSize(3);
    }

    private void add(String... ids) {
        for (String id : ids) {
            store.accessKeys().insert(key(id, "fx"), List.of(scope("fx")), List.of());
        }
    }

    private static String row(String id) {
        return "{\"id\":\"" + id + "\",\"name\":\"Key " + id + "\",\"scopes\":[\"fx\"]}";
    }

    private static ImportListener deletions(List<String> told) {
        return new ImportListener() {
            @Override
            public void keyDeleted(AccessKey key, AuditEvent event) {
                told.add(key.id());
            }
        };
    }

    private ImportTotals run(String file) throws JsonSyntaxException {
        return imports().run(OWNER, source(file), PRUNING, ImportListener.NONE);
    }

    private AccessKeyImport imports() {
        return new AccessKeyImport(store.imports(), clock, anySize);
    }

    private static ImportSource source(String file) {
        return ImportSource.of(file.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> names() {
        return store.accessKeys().all().stream()
                .map(found -> found.settings().name())
                .toList();
    }
}
