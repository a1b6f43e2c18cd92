package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysEditTest {
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

    private Map<String, Object> edited(String... flags) {
        assertThat(edit(flags).code()).isZero();
        return store.show(id);
    }

    @Test
    void edit_oneField_changesThatAlone() {
        Map<String, Object> expected = new HashMap<>(store.show(id));
        expected.put("description", "for builds");
        assertThat(edited("--description", "for builds")).isEqualTo(expected);
    }

    @Test
    void edit_everyField_thenNone_isTheDefaultAgain() throws IOException {
        Path jwks = Files.writeString(folder.resolve("ci.jwks"), KeysJwksTest.JWKS);
        store.run("scopes", "add", "b", "c");
        Map<String, Object> full = edited(
                "--name",
                "deploy",
                "--description",
                "d",
                "--scopes",
                "c a",
                "--disabled",
                "--token-lifetime",
                "30m",
                "--audience",
                "urn:1",
                "--audience",
                "urn:2",
                "--claims",
                "{\"tenant\":\"t\"}",
                "--jwks",
                jwks.toString(),
                "--expires-in",
                "1d");
        assertThat(full)
                .containsEntry("name", "deploy")
                .containsEntry("description", "d")
                .containsEntry("scopes", List.of("c", "a"))
                .containsEntry("enabled", false)
                .containsEntry("token_lifetime", 1800L)
                .containsEntry("audience", List.of("urn:1", "urn:2"))
                .containsEntry("claims", Map.of("tenant", "t"))
                .containsEntry("jwks", CliStore.parse(KeysJwksTest.JWKS))
                .containsEntry("expires_at", "2030-02-01T12:00:00Z");
        assertThat(edited(
                        "--description=",
                        "--all-scopes",
                        "--enabled",
                        "--token-lifetime=none",
                        "--audience=none",
                        "--claims=none",
                        "--jwks=none",
                        "--expires-at=none"))
                .containsEntry("name", "deploy")
                .containsEntry("description", "")
                .containsEntry("scopes", List.of("a", "b", "c"))
                .containsEntry("enabled", true)
                .containsEntry("token_lifetime", null)
                .containsEntry("audience", List.of())
                .containsEntry("claims", Map.of())
                .containsEntry("jwks", null)
                .containsEntry("expires_at", null);
    }

    @Test
    void edit_claims_replacesAllThatThereAre() {
        edit("--claims", "{\"a\":1,\"b\":2}");
        assertThat(edited("--claims", "{\"b\":3}")).containsEntry("claims", Map.of("b", 3L));
    }

    @Test
    void edit_json_isTheKeyAfterwards_withoutItsSecret() {
        CliRun run = edit("--name", "deploy", "--json");
        assertThat(CliStore.json(run)).isEqualTo(store.show(id)).doesNotContainKey("secret");
    }

    @Test
    void edit_forPeople_showsTheKeyAfterwards() {
        assertThat(edit("--name", "deploy").out()).contains("name            deploy\n");
    }

    @Test
    void edit_nothing_exitsTwoAndSaysHow() {
        CliRun run = edit();
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("nothing to change").contains("latchkey help keys edit");
    }

    @Test
    void edit_unknownKey_exitsOne() {
        CliRun run = store.run("keys", "edit", "ack_nobody", "--name", "x");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("no access key");
    }

    @ParameterizedTest
    @CsvSource({
        "--enabled --disabled,exclude each other",
        "--expires-in 1d --expires-at none,exclude each other",
        "--scopes a --all-scopes,exclude each other",
        "--audience urn:1 --audience none,--audience none must stand alone",
        "--scopes nope,--scopes holds \"nope\"",
        "--scopes latchkey:king,--scopes holds \"latchkey:king\"",
        "--token-lifetime 86401s,--token-lifetime must be 60s to 24h",
        "--token-lifetime 59s,--token-lifetime must be 60s to 24h",
        "--token-lifetime PT60.5S,--token-lifetime must be 60s to 24h",
        "--expires-at 1969-12-31T23:59:59Z,--expires-at must lie after 1970",
        "--expires-at +10000-01-01T00:00:00Z,--expires-at must lie after 1970",
        "--claims {,--claims is not well-formed JSON",
        "--claims [],--claims is not a JSON object",
        "--name=,--name must",
        "--enabled=true,not used as it should be"
    })
    void edit_badValue_exitsTwo_namesTheFlag_andChangesNothing(String flags, String message) {
        Map<String, Object> before = store.show(id);
        CliRun run = edit(flags.split(" ", -1));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains(message);
        assertThat(store.show(id)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"60s,60", "24h,86400"})
    void edit_tokenLifetimeOnTheEdge_isTaken(String lifetime, long seconds) {
        assertThat(edited("--token-lifetime", lifetime)).containsEntry("token_lifetime", seconds);
    }

    @Test
    void edit_expiry_mayBeOver_whichEndsTheKeyNow() {
        assertThat(edited("--expires-at", "2030-01-31T12:00:01Z")).containsEntry("expires_at", "2030-01-31T12:00:01Z");
        assertThat(edited("--expires-in", "0s")).containsEntry("expires_at", "2030-01-31T12:00:00Z");
        assertThat(edited("--expires-at", "2020-01-01T00:00:00Z")).containsEntry("expires_at", "2020-01-01T00:00:00Z");
    }
}
