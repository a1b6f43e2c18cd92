package dev.latchkey.cli.command;

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

class BackupTest {
    @TempDir
    private Path folder;

    private CliStore store;
    private Path file;

    @BeforeEach
    void createStore() {
        store = CliStore.in(folder);
        store.createId("ci");
        file = folder.resolve("copy ü %s.db");
    }

    @Test
    void backup_isTheSameStore_readableForItsOwnerAlone() throws IOException {
        assertThat(store.run("backup", file.toString()))
                .isEqualTo(new CliRun(0, "Copied the store to " + file + "\n", ""));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        CliStore copy = new CliStore(file);
        assertThat(copy.data("keys", "list", "--json")).isEqualTo(store.data("keys", "list", "--json"));
        assertThat(copy.data("audit", "--json")).isEqualTo(store.data("audit", "--json"));
        assertThat(copy.run("keys", "create", "more", "--scopes", "a").code()).isZero();
    }

    @Test
    void backup_ontoSomething_exitsOneAndLeavesIt() throws IOException {
        Files.writeString(file, "precious");
        CliRun run = store.run("backup", file.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("already").contains("another file");
        assertThat(Files.readString(file)).isEqualTo("precious");
    }

    @Test
    void backup_withoutAStore_exitsOneAndMakesNeither() {
        CliStore none = new CliStore(folder.resolve("none.db"));
        CliRun run = none.run("backup", file.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("no store");
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void backup_withoutAName_exitsTwo() {
        assertThat(store.run("backup").oneLine()).contains("backup needs FILE");
        assertThat(store.run("backup", "a\0b").code()).isEqualTo(2);
    }

    @Test
    void restore_saysWhatItDid_andTheStoreIsAsItWas() {
        List<Map<String, Object>> keys = store.data("keys", "list", "--json");
        store.run("backup", file.toString());
        store.createId("later");
        assertThat(store.run("restore", file.toString()))
                .isEqualTo(new CliRun(
                        0,
                        "Restored " + store.file() + " from " + file
                                + ": 1 access key; the store that was there is gone\n",
                        ""));
        assertThat(store.data("keys", "list", "--json")).isEqualTo(keys);
    }
}
