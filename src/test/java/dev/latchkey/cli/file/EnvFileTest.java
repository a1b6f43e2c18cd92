package dev.latchkey.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --env-file}: the id and the secret in a file that no other user reads, or no key at all. */
class EnvFileTest {
    @TempDir
    Path folder;

    private CliStore store;
    private Path file;

    @BeforeEach
    void makeStore() throws IOException {
        store = new CliStore(Files.createDirectory(folder.resolve("store")).resolve("store.db"));
        file = Files.createDirectory(folder.resolve("files")).resolve("demo.env");
        store.run("scopes", "add", "a");
    }

    private CliRun create() {
        return store.run("keys", "create", "k", "--scopes", "a", "--env-file", file.toString());
    }

    @Test
    void create_writesIdAndSecret_forTheOwnerAlone_andPrintsNoSecret() throws IOException {
        CliRun run = create();

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .doesNotContain("acs_")
                .contains("set -a; . " + file + "; set +a\n")
                .contains("curl -u \"$LATCHKEY_KEY_ID:$LATCHKEY_KEY_SECRET\"");
        assertThat(mode()).isEqualTo("rw-------");
        assertThat(Files.readAllLines(file))
                .satisfiesExactly(
                        line -> assertThat(line).matches("LATCHKEY_KEY_ID=ack_\\w{26}"),
                        line -> assertThat(line).matches("LATCHKEY_KEY_SECRET=acs_\\S{49}"));
    }

    @Test
    void rotate_replacesTheTwoLines_andKeepsTheOthers() throws IOException {
        create();
        List<String> before = Files.readAllLines(file);
        Files.write(
                file,
                Stream.concat(Stream.of("# mine", "OTHER=1"), before.stream()).toList());

        CliRun run = store.run("keys", "rotate", "k", "--env-file", file.toString(), "--json");

        assertThat(run.code()).as(run.err()).isZero();
        String secret = (String) CliStore.parse(run.out()).get("secret");
        assertThat(Files.readAllLines(file))
                .containsExactly("# mine", "OTHER=1", before.get(0), "LATCHKEY_KEY_SECRET=" + secret);
        assertThat(mode()).isEqualTo("rw-------");
        assertThat(folder.resolve("files")).isDirectoryContaining("glob:**demo.env");
        assertThat(files()).hasSize(1);
    }

    @Test
    void aFileThatOthersMayRead_isRefused_beforeThereIsAKey() throws IOException {
        Files.writeString(file, "OTHER=1\n");
        for (String mode : List.of("rw-r--r--", "rw-r-----", "rw----r--", "rw--w----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

            CliRun run = create();

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.oneLine()).contains(file + " may be read or written by others: chmod 600 it");
        }
        assertThat(Files.readString(file)).isEqualTo("OTHER=1\n");
        assertThat(store.data("keys", "list", "--json")).isEmpty();
        assertThat(files()).hasSize(1);
    }

    @Test
    void aFolderADeviceOrAMissingFolder_isRefused_beforeThereIsAKey() {
        for (String name : List.of(folder.toString(), "/dev/null", folder + "/none/demo.env")) {
            CliRun run = store.run("keys", "create", "k", "--scopes", "a", "--env-file", name);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.oneLine()).contains(name);
        }
        assertThat(store.data("keys", "list", "--json")).isEmpty();
    }

    @Test
    void aLinkOfOnesOwn_leadsToTheFile_andStays() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.env"), file);
        create();

        CliRun run = store.run("keys", "rotate", "k", "--env-file", link.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void aKeyThatCannotBeMade_leavesNoFile() throws IOException {
        CliRun run = store.run("keys", "create", "k", "--scopes", "unknown", "--env-file", file.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(files()).isEmpty();
        assertThat(store.run("keys", "create", "k", "--scopes", "a", "--env", "--env-file", file.toString())
                        .oneLine())
                .contains("--env and --env-file exclude each other");
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("files"))) {
            return files.toList();
        }
    }

    @Test
    void theCommandThatReadsIt_namesAnyFileAsAWordOfTheShell() {
        Path odd = folder.resolve("files").resolve("it's $(mine).env");

        CliRun run = store.run("keys", "create", "k", "--scopes", "a", "--env-file", odd.toString());

        assertThat(run.out())
                .contains("set -a; . '" + odd.toString().replace("'", "'\\''") + "'; set +a\n")
                .contains("Wrote the id and the secret to " + odd + ";");
    }
}
