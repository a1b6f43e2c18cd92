package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import dev.latchkey.cli.terminal.TerminalText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysRotateTest {
    private static final Instant NOW = CliRun.NOW;

    @TempDir
    private Path folder;

    private CliStore store;
    private Map<String, Object> created;
    private String id;

    @BeforeEach
    void createKey() {
        store = CliStore.in(folder);
        created = store.create("ci");
        id = (String) created.get("id");
    }

    @Test
    void rotate_json_isTheKeyWithTheNewSecret_andTellsWhenTheOldOneEnds() {
        Map<String, Object> rotated = store.json("keys", "rotate", id, "--json");
        String secret = (String) rotated.get("secret");
        assertThat(AccessKeySecret.isWellFormed(secret)).isTrue();
        assertThat(secret).isNotEqualTo(created.get("secret"));
        List<Map<String, Object>> secrets = CliStore.rows(rotated, "secrets");
        assertThat(secrets).hasSize(2);
        assertThat(secrets.get(0)).containsEntry("expires_at", "2030-02-01T12:00:00Z");
        assertThat(secrets.get(1)).containsEntry("expires_at", null).containsEntry("hint", secret.substring(43, 47));
    }

    @Test
    void rotate_forPeople_showsTheSecretOnce_andWhenTheOldOneEnds() {
        CliRun run = store.run("keys", "rotate", id, "--grace", "2h");
        String hint = (String) CliStore.rows(created, "secrets").get(0).get("hint");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("secret      acs_\\S{49}\n")
                .contains("old secret  …" + hint + " works until 2030-01-31T14:00:00Z\n")
                .contains("will not be shown again");
        assertThat(store.run("keys", "show", id).out()).doesNotContain("acs_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0s", "PT0S"})
    void rotate_graceZero_endsTheOldSecretNow(String grace) {
        Map<String, Object> rotated = store.json("keys", "rotate", id, "--grace", grace, "--json");
        assertThat(CliStore.rows(rotated, "secrets")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"31d", "PT720H1S", "-1h", "soon", "24"})
    void rotate_badGrace_exitsTwo_andChangesNothing(String grace) {
        CliRun run = store.run("keys", "rotate", id, "--grace", grace);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("--grace must be");
        assertThat(CliStore.rows(store.show(id), "secrets")).hasSize(1);
    }

    @Test
    void rotate_graceOnTheEdge_isTaken() {
        assertThat(store.run("keys", "rotate", id, "--grace", "30d").code()).isZero();
    }

    @Test
    void rotate_env_isTwoLines() {
        assertThat(store.run("keys", "rotate", id, "--env").out())
                .matches("LATCHKEY_KEY_ID=" + id + "\nLATCHKEY_KEY_SECRET=acs_\\S{49}\n");
        assertThat(store.run("keys", "rotate", id, "--env", "--json").code()).isEqualTo(2);
    }

    @Test
    void rotate_unknownKey_exitsOne() {
        CliRun run = store.run("keys", "rotate", "ack_nobody");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("no access key");
    }

    @Test
    void show_duringARotation_tellsHowFarItIs() {
        store.run("keys", "rotate", id);
        String shown = store.run("keys", "show", id).out();
        assertThat(shown)
                .contains("made 0s ago, ends in 1d, never used\n")
                .contains("made 0s ago, never used\n")
                .contains("rotation        not begun: …")
                .contains("has never been used\n");
        assertThat(shown.lines()).allMatch(line -> TerminalText.width(line) <= 80);
    }

    @Test
    void show_afterTheGrace_tellsOfNoRotation() {
        store.run("keys", "rotate", id, "--grace", "1h");
        assertThat(store.at(NOW.plusSeconds(3599), "keys", "show", id).out()).contains("rotation");
        assertThat(store.at(NOW.plusSeconds(3600), "keys", "show", id).out())
                .contains("ended 0s ago")
                .doesNotContain("rotation");
    }

    private static StoredSecret secret(
            String hint, Instant created, @Nullable Instant expires, @Nullable Instant lastUsed) {
        return new StoredSecret(SecretHash.of(hint), hint, created, expires, lastUsed);
    }

    private static String rotation(@Nullable Instant oldUsed, @Nullable Instant newUsed) {
        return KeyText.rotation(
                        List.of(
                                secret("oldd", NOW.minusSeconds(9000), NOW.plusSeconds(60), oldUsed),
                                secret("neww", NOW.minusSeconds(120), null, newUsed)),
                        NOW)
                .orElseThrow();
    }

    @Test
    void rotation_oldSecretUsedBeforeTheNewOne_isSeenToBeFinished() {
        assertThat(rotation(NOW.minusSeconds(121), NOW))
                .isEqualTo("finished: …oldd has not been used since …neww was made");
    }

    @Test
    void rotation_oldSecretUsedInTheSecondOfTheNewOne_isNotFinished() {
        assertThat(rotation(NOW.minusSeconds(120), NOW)).isEqualTo("not finished: …oldd is still in use");
    }

    @Test
    void rotation_newSecretNeverUsed_hasNotBegun() {
        assertThat(rotation(null, null)).isEqualTo("not begun: …neww has never been used");
    }
}
