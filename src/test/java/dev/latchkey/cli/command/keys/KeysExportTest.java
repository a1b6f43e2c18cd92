package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysExportTest {
    private static final String NOTHING_CHANGED = "Scopes: 0 added. Keys: 0 created, 0 changed, 2 unchanged.\n";

    @TempDir
    private Path folder;

    private CliStore store;
    private Map<String, Object> full;

    @BeforeEach
    void createKeys() {
        store = CliStore.in(folder);
        store.createId("plain");
        full = store.create(
                "full <b>'; DROP TABLE access_keys; --\u202e ümläut 漢字",
                "--description",
                "two\nlines \u2028 \u2066",
                "--token-lifetime",
                "5m",
                "--audience",
                "urn:1",
                "--claims",
                "{\"a\":{\"b\":[1,null,1.50]}}",
                "--expires-in",
                "90d",
                "--disabled");
    }

    @Test
    void export_holdsNoSecret() {
        String document = store.run("keys", "export").out();
        assertThat(document).doesNotContain((String) full.get("secret")).doesNotContain("acs_");
        assertThat(CliStore.parse(document)).containsOnlyKeys("scopes", "keys");
    }

    @Test
    void export_thenImport_changesNothing() {
        List<Map<String, Object>> before = store.data("keys", "list", "--json");
        CliRun run = store.reading(store.run("keys", "export").out(), "keys", "import", "-");
        assertThat(run).isEqualTo(new CliRun(0, NOTHING_CHANGED, ""));
        assertThat(store.data("keys", "list", "--json")).isEqualTo(before);
    }

    @Test
    void export_duringARotation_thenImport_keepsBothSecrets() {
        String id = (String) full.get("id");
        store.run("keys", "rotate", id);
        Map<String, Object> before = store.show(id);
        assertThat(store.reading(store.run("keys", "export").out(), "keys", "import", "-")
                        .out())
                .isEqualTo(NOTHING_CHANGED);
        assertThat(store.show(id)).isEqualTo(before);
    }

    @Test
    void export_intoAnotherStore_makesTheSameKeysWithNewSecrets() {
        CliStore other = new CliStore(folder.resolve("other.db"));
        CliRun run = other.reading(store.run("keys", "export").out(), "keys", "import", "-");
        assertThat(run.out()).contains("Keys: 2 created");
        Map<String, Object> there = other.show((String) full.get("id"));
        for (String field : List.of("name", "description", "scopes", "enabled", "claims", "audience", "expires_at")) {
            assertThat(there.get(field)).describedAs(field).isEqualTo(full.get(field));
        }
        assertThat(other.run("keys", "export").code()).isZero();
    }

    @Test
    void export_withOrWithoutJson_isTheSame() {
        assertThat(store.run("keys", "export", "--json")).isEqualTo(store.run("keys", "export"));
    }

    @Test
    void export_toAFile_isReadableForItsOwnerAlone_andOverwritesNothing() throws IOException {
        Path file = folder.resolve("keys.json");
        CliRun run = store.run("keys", "export", file.toString());
        assertThat(run).isEqualTo(new CliRun(0, "", "Wrote 2 keys to " + file + "\n"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).isEqualTo(store.run("keys", "export").out());
        assertThat(store.run("keys", "import", file.toString()).out()).isEqualTo(NOTHING_CHANGED);

        CliRun again = store.run("keys", "export", file.toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.oneLine()).contains("something at").contains("another file");
    }

    @Test
    void export_toAFolderThatIsNotThere_exitsOne() {
        CliRun run = store.run("keys", "export", folder.resolve("no/keys.json").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("cannot be written");
    }

    @Test
    void export_ofAnEmptyStore_isADocumentThatImports() {
        CliStore other = new CliStore(folder.resolve("other.db"));
        other.run("scopes", "add", "x");
        other.run("scopes", "remove", "x");
        String document = other.run("keys", "export").out();
        assertThat(CliStore.parse(document)).containsEntry("keys", List.of()).containsEntry("scopes", List.of());
        assertThat(other.reading(document, "keys", "import", "-").code()).isZero();
    }

    @Test
    void export_toADash_isStandardOutput() {
        assertThat(store.run("keys", "export", "-")).isEqualTo(store.run("keys", "export"));
        assertThat(Path.of("-")).doesNotExist();
    }

    @Test
    void export_pipedIntoAPlan_isNoDifference() {
        for (String document : List.of(
                store.run("keys", "export").out(),
                store.run("keys", "export", "--with-hashes").out())) {
            CliRun plan = store.reading(document, "keys", "import", "-", "--dry-run", "--prune");
            assertThat(plan.code()).as(plan.out()).isZero();
        }
    }

    @Test
    void export_withHashes_makesTheSameKeysElsewhere_whoseSecretsWork() {
        String id = (String) full.get("id");
        store.run("keys", "rotate", id);
        String document = store.run("keys", "export", "--with-hashes").out();
        assertThat(document).contains("secret_sha256").doesNotContain("acs_");
        CliStore other = new CliStore(folder.resolve("other.db"));

        assertThat(other.reading(document, "keys", "import", "-").out()).contains("Keys: 2 created");

        assertThat(other.run("keys", "export", "--with-hashes").out()).isEqualTo(document);
        List<Map<String, Object>> secrets = CliStore.rows(other.show(id), "secrets");
        assertThat(secrets).hasSize(2).allSatisfy(secret -> assertThat(secret).containsEntry("hint", null));
        assertThat(secrets.get(0).get("expires_at")).isNotNull();
        assertThat(other.run("keys", "show", id).out()).contains("…(no hint), made");
    }

    @Test
    void export_holdsNothingThatChangesByItself() {
        assertThat(CliStore.rows(CliStore.parse(store.run("keys", "export").out()), "keys"))
                .allSatisfy(key -> assertThat(key)
                        .containsOnlyKeys(
                                "id",
                                "name",
                                "description",
                                "scopes",
                                "enabled",
                                "token_lifetime",
                                "audience",
                                "jwks",
                                "claims",
                                "federated",
                                "expires_at"));
    }
}
