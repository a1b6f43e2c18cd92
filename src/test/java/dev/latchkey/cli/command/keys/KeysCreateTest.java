package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.cli.CliRun;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysCreateTest {
    @TempDir
    private Path folder;

    private CliRun run(String... args) {
        return CliRun.with(Map.of("LATCHKEY_DB", folder.resolve("store.db").toString()), "", args);
    }

    private CliRun create(String... more) {
        List<String> args = new ArrayList<>(List.of("keys", "create"));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private static Map<String, Object> json(CliRun run) throws JsonSyntaxException {
        assertThat(run.code()).describedAs(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        return JsonReader.object(run.out());
    }

    @Test
    void create_withoutScopes_exitsTwoAndSaysHow() {
        CliRun run = create("ci");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("--scopes \"a b\"").contains("--all-scopes");
    }

    @Test
    void create_withBothKindsOfScopes_exitsTwo() {
        CliRun run = create("ci", "--scopes", "a", "--all-scopes");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("exclude each other");
    }

    @Test
    void create_withoutName_exitsTwoAndSaysHow() {
        CliRun run = create("--scopes", "a", "--add-scopes");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("the name is missing: latchkey keys create NAME");
    }

    @Test
    void create_withTwoNames_exitsTwo() {
        assertThat(create("a", "--name", "b", "--all-scopes").oneLine()).contains("give the name once");
        assertThat(create("a", "b", "--all-scopes").code()).isEqualTo(2);
    }

    @Test
    void create_wrongUsage_makesNoStore() {
        create("ci");
        create("ci", "--scopes", "a", "--token-lifetime", "soon");
        create("ci", "--scopes", "a", "--claims", "{");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void create_forPeople_showsTheSecretOnceAndAReadyCommand() {
        CliRun run = create("ci", "--scopes", "fx gateway", "--add-scopes");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        List<String> lines = run.out().lines().toList();
        String id = lines.get(0).substring("id      ".length());
        String secret = lines.get(1).substring("secret  ".length());
        assertThat(id).matches("ack_[a-z2-7]{26}");
        assertThat(AccessKeySecret.isWellFormed(secret)).isTrue();
        assertThat(lines).contains("scopes  fx gateway");
        assertThat(run.out()).contains("will not be shown again");
        assertThat(lines)
                .endsWith("curl -u " + id + ":" + secret
                        + " -d grant_type=client_credentials http://localhost:8080/connect/token");
    }

    @Test
    void create_json_isTheKeyWithItsSecret() throws JsonSyntaxException {
        Map<String, Object> key = json(create(
                "--name",
                "ci",
                "--description",
                "for builds",
                "--scopes",
                "a,b",
                "--scope",
                "c",
                "--add-scopes",
                "--token-lifetime",
                "30m",
                "--audience",
                "urn:1",
                "--audience",
                "urn:2",
                "--claims",
                "{\"tenant\":\"t\"}",
                "--expires-in",
                "90d",
                "--disabled",
                "--json"));
        assertThat(key)
                .containsEntry("name", "ci")
                .containsEntry("description", "for builds")
                .containsEntry("scopes", List.of("a", "b", "c"))
                .containsEntry("enabled", false)
                .containsEntry("token_lifetime", 1800L)
                .containsEntry("audience", List.of("urn:1", "urn:2"))
                .containsEntry("claims", Map.of("tenant", "t"))
                .containsEntry("expires_at", "2030-05-01T12:00:00Z")
                .containsEntry("created_at", "2030-01-31T12:00:00Z");
        assertThat(AccessKeySecret.isWellFormed((String) key.get("secret"))).isTrue();
    }

    @Test
    void create_allScopes_givesTheCatalogue() throws JsonSyntaxException {
        run("scopes", "add", "a", "b,c");
        assertThat(json(create("ci", "--all-scopes", "--json"))).containsEntry("scopes", List.of("a", "b,c"));
    }

    @Test
    void create_allScopesOfAnEmptyCatalogue_exitsOneAndSaysHow() {
        CliRun run = create("ci", "--all-scopes");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("latchkey scopes add");
    }

    @Test
    void create_listedScopeWithAComma_isKeptWhole() throws JsonSyntaxException {
        run("scopes", "add", "b,c", "a");
        assertThat(json(create("ci", "--scopes", "b,c,a b,c", "--add-scopes", "--json")))
                .containsEntry("scopes", List.of("b", "c", "a", "b,c"));
    }

    @Test
    void create_unlistedScope_exitsTwoAndSaysHow() {
        CliRun run = create("ci", "--scopes", "nope");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("--scopes holds \"nope\"").contains("--add-scopes");
    }

    @ParameterizedTest
    @CsvSource({
        "--token-lifetime,59s,--token-lifetime must",
        "--token-lifetime,x,--token-lifetime must",
        "--audience,a b,--audience must",
        "--description,a\u0001b,--description must",
        "--claims,{,--claims is not",
        "--claims,[],--claims is not a JSON object",
        "--claims,{\"iss\":\"x\"},--claims must not hold",
        "--expires-at,2030-01-31,--expires-at must be a time",
        "--expires-at,2030-01-31T12:00:00Z,--expires-at must lie in the future",
        "--expires-at,+10000-01-01T00:00:00Z,--expires-at must lie in the future",
        "--expires-in,0s,--expires-in must lie in the future",
        "--expires-in,999999999d,--expires-in must lie in the future",
        "--name,' ',--name must"
    })
    void create_badValue_exitsTwoAndNamesTheFlag(String flag, String value, String message) {
        String[] name = flag.equals("--name") ? new String[0] : new String[] {"ci"};
        List<String> args = new ArrayList<>(List.of(name));
        args.addAll(List.of("--scopes", "a", "--add-scopes", flag, value));
        CliRun run = create(args.toArray(String[]::new));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains(message);
    }

    @Test
    void create_expiresAtWithAnOffset_isTakenAsUtc() throws JsonSyntaxException {
        assertThat(json(create(
                        "ci", "--scopes", "a", "--add-scopes", "--expires-at", "2031-01-01T01:00:00+02:00", "--json")))
                .containsEntry("expires_at", "2030-12-31T23:00:00Z");
    }
}
