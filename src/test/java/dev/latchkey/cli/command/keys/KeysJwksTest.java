package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --jwks} of {@code keys create} and {@code keys edit}: the public keys that a client signs its assertions with. */
class KeysJwksTest {
    static final String JWKS =
            "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k1\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                    + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]}";

    @TempDir
    private Path folder;

    private CliStore store;
    private String id;

    @BeforeEach
    void createKey() {
        store = CliStore.in(folder);
        id = store.createId("ci");
    }

    private CliRun edit(String... flags) {
        List<String> args = new ArrayList<>(List.of("keys", "edit", id));
        args.addAll(List.of(flags));
        return store.run(args.toArray(String[]::new));
    }

    @Test
    void jwks_missingFile_exitsOneAndNamesIt() {
        CliRun run = edit("--jwks", folder.resolve("none.jwks").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("there is no file").contains("none.jwks");
    }

    @Test
    void jwks_privateKey_exitsTwoAndIsNotRepeated() throws IOException {
        Path file = Files.writeString(folder.resolve("p.jwks"), JWKS.replace("\"kid\":\"k1\"", "\"d\":\"geheim\""));
        CliRun run = edit("--jwks", file.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("--jwks").contains("private").doesNotContain("geheim");
    }

    @Test
    void jwks_tooLarge_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("p.jwks"), " ".repeat(70_000));
        assertThat(edit("--jwks", file.toString()).oneLine()).contains("too much");
    }

    @Test
    void jwks_dash_readsStandardInput() {
        CliRun run = store.reading(JWKS, "keys", "edit", id, "--jwks", "-", "--json");
        assertThat(CliStore.json(run)).containsEntry("jwks", CliStore.parse(JWKS));
    }

    @Test
    void create_withJwksAndNoSecret_makesNone() {
        CliRun run =
                store.reading(JWKS, "keys", "create", "j", "--scopes", "a", "--jwks", "-", "--no-secret", "--json");
        assertThat(CliStore.json(run)).containsEntry("secrets", List.of()).doesNotContainKey("secret");
        CliRun people = store.reading(JWKS, "keys", "create", "j", "--scopes", "a", "--jwks", "-", "--no-secret");
        assertThat(people.out()).contains("id      ack_").doesNotContain("acs_").doesNotContain("secret");
    }

    @Test
    void create_withNoSecretAndNoJwks_exitsTwo() {
        CliRun run = store.run("keys", "create", "j", "--scopes", "a", "--no-secret");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("--no-secret needs --jwks");
    }
}
