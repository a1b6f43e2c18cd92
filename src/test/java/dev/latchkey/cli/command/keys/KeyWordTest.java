package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import dev.latchkey.sql.SqlStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name is taken where an id is wanted, if only one key has it. */
class KeyWordTest {
    @TempDir
    Path folder;

    private CliStore store;

    @BeforeEach
    void makeStore() {
        store = CliStore.in(folder);
    }

    @Test
    void name_isTakenForAnId() {
        String id = store.createId("The orders");

        assertThat(store.show("The orders")).containsEntry("id", id);
        assertThat(store.json("keys", "edit", "The orders", "--description", "x", "--json"))
                .containsEntry("id", id);
        assertThat(store.run("keys", "disable", "The orders").out()).contains(id);
        assertThat(store.run("keys", "enable", "The orders").out()).contains(id);
        assertThat(store.json("keys", "rotate", "The orders", "--json")).containsEntry("id", id);
        assertThat(store.run("keys", "delete", "The orders", "--yes").out()).contains("Deleted " + id);
    }

    @Test
    void nameOfSeveral_isRefused_andAnIdComesFirst() {
        String one = store.createId("Same");
        String other = store.createId("Same");
        store.createId(one);

        CliRun several = store.run("keys", "disable", "Same");
        assertThat(several.code()).isEqualTo(1);
        assertThat(several.oneLine()).contains("more than one access key has this name; give the id: ", one, other);
        assertThat(store.show(one)).containsEntry("name", "Same").containsEntry("enabled", true);
    }

    @Test
    void unknownWord_isNamed_butASecretIsNot() {
        store.createId("k");

        CliRun unknown = store.run("keys", "show", "nothing like this");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.oneLine())
                .contains("no access key with the id or name")
                .contains("nothing like this");
        CliRun secret = store.run("keys", "show", "acs_" + "x".repeat(49));
        assertThat(secret.code()).isEqualTo(2);
        assertThat(secret.oneLine()).contains("that is a secret").doesNotContain("xxx");
    }

    @Test
    void curlLine_isForTheServiceThatWasLastStarted() {
        assertThat(store.run("keys", "create", "k", "--scopes", "a", "--add-scopes")
                        .out())
                .contains(" http://localhost:8080/connect/token\n");
        try (SqlStore db = SqlStore.open(store.file().toString(), SqlStore.Mode.EXISTING)) {
            db.facts().noteIssuer("https://id.example.com/tenant");
            db.facts().noteIssuer("https://id.example.com/tenant");
        }
        assertThat(store.run("keys", "create", "l", "--scopes", "a").out())
                .contains(" https://id.example.com/tenant/connect/token\n");
        assertThat(store.run("keys", "rotate", "l").out()).contains(" https://id.example.com/tenant/connect/token\n");
    }

    @Test
    void rotate_whereTwoSecretsWork_namesTheOneThatEnds_andAsks() {
        Map<String, Object> created = store.create("k");
        String hint = (String) CliStore.rows(created, "secrets").get(0).get("hint");
        assertThat(store.run("keys", "rotate", "k").code()).isZero();
        Map<String, Object> before = store.show("k");

        CliRun refused = store.run("keys", "rotate", "k");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.oneLine())
                .contains("the secret …" + hint + " (made 0s ago, never used) ends at once")
                .contains("give --yes");
        CliRun denied = store.typing(List.of("n"), "keys", "rotate", "k");
        assertThat(denied.code()).isEqualTo(1);
        assertThat(denied.err())
                .contains("…" + hint)
                .contains("Rotate it? [y/N]")
                .endsWith("nothing was rotated\n");
        assertThat(store.show("k")).isEqualTo(before);

        assertThat(store.typing(List.of("yes"), "keys", "rotate", "k").code()).isZero();
        CliRun both = store.run("keys", "rotate", "k", "--grace", "0");
        assertThat(both.oneLine()).contains(" and the secret …").contains(" end at once");
        assertThat(store.run("keys", "rotate", "k", "--yes").code()).isZero();
        assertThat(CliStore.rows(store.show("k"), "secrets")).hasSize(2);
    }
}
