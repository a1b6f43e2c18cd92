package dev.latchkey.cli.command;

import static dev.latchkey.cli.command.SigningKeysCli.algorithms;
import static dev.latchkey.cli.command.SigningKeysCli.data;
import static dev.latchkey.cli.command.SigningKeysCli.states;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signing-keys import}, and what is no file of a key. */
class SigningKeysImportTest {
    @TempDir
    Path folder;

    private SigningKeysCli keys;

    @BeforeEach
    void writeKeyFile() throws GeneralSecurityException {
        keys = new SigningKeysCli(folder);
    }

    @Test
    void import_intoANewStore_isActive_andListed() {
        CliRun imported = keys.run("import", keys.pem(), "--json");

        assertThat(imported.code()).isZero();
        assertThat(imported.err()).isEmpty();
        assertThat(data(imported)).hasSize(2).isEqualTo(data(keys.run("list", "--json")));
        assertThat(data(imported).get(0).keySet().toString())
                .isEqualTo("[kid, state, algorithm, bits, created_at, published_at, activated_at, retired_at, "
                        + "published_until]");
        assertThat(states(imported)).containsExactly("active", "next");
        assertThat(keys.run("list").out()).contains("active").contains("next").contains("2030-01-31T12:00:00Z");
        assertThat(keys.run("import", keys.pem()).oneLine()).contains("is in the store already");
    }

    @Test
    void import_ofOtherKinds_saysTheAlgorithm_andOfAnotherCurve_whatIsMeant() throws GeneralSecurityException {
        keys.run("import", keys.pem());

        keys.writeKey("Ed25519", 255);
        assertThat(algorithms(keys.run("import", keys.pem(), "--json"))).containsExactly("RS256", "EdDSA");
        keys.writeKey("EC", 256);
        assertThat(algorithms(keys.run("import", keys.pem(), "--json"))).containsExactly("RS256", "ES256");
        keys.writeKey("EC", 384);
        CliRun refused = keys.run("import", keys.pem());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.oneLine()).contains("another curve than P-256");
    }

    @Test
    void import_ofWhatIsNoKey_isExit1_andChangesNothing() throws IOException {
        Files.setPosixFilePermissions(Path.of(keys.pem()), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(keys.run("import", keys.pem()).oneLine()).contains("chmod 600");
        assertThat(keys.run("import", keys.pem() + "x").oneLine()).contains("cannot be read");
        assertThat(keys.run("import").code()).isEqualTo(2);
    }

    @Test
    void aFolderInTheKeyFilesPlace_isNamedAsSuch_andItsModesAreLeftAlone() throws IOException {
        Path keys = Files.createDirectory(folder.resolve("keys"));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxr-xr-x"));

        CliRun run = CliStore.in(folder).run("signing-keys", "import", keys.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine())
                .contains(keys + " cannot be read: it is a folder")
                .doesNotContain("chmod");
    }
}
