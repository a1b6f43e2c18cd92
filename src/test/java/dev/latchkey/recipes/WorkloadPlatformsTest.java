package dev.latchkey.recipes;

import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.docs.Page;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.Processes;
import dev.latchkey.harness.Processes.Outcome;
import dev.latchkey.harness.TestService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page on workload identity, followed to its end: a platform that is a program of its own makes keys and tokens, and
 * clients that have no secret send what it gave them.
 */
class WorkloadPlatformsTest {
    private static final String PAGE = "workload-identity.md";

    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.ISSUER, "https://id.example.com"));

    private static Process platform;
    private static String url;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startPlatform() throws Exception {
        assumeTrue(Recipes.find("node").isPresent(), "node is installed");
        assumeTrue(Recipes.find("curl").isPresent(), "curl is installed");
        Path script = Path.of(
                WorkloadPlatformsTest.class.getResource("workload-issuer.mjs").toURI());
        platform = new ProcessBuilder("node", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        url = platform.inputReader(StandardCharsets.UTF_8).readLine();
    }

    @AfterAll
    static void stopPlatform() {
        Stream.ofNullable(platform).forEach(Process::destroy);
    }

    @Test
    void aJobOfGitHub_isGivenATokenByItsPlatform_whichCountsOnce() {
        String id = operate("GitHub Actions", "https://token.actions.githubusercontent.com", url);
        String step = Page.blocks(PAGE, "GitHub Actions").get(1).split("- run: \\|\n", 2)[1];

        Outcome job = run(
                step.replace("jq -rj .value", "node -p 'JSON.parse(fs.readFileSync(0)).value' | tr -d '\\n'"),
                Map.of("ACTIONS_ID_TOKEN_REQUEST_URL", at("/job"), "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "of-the-run"));
        assertThat(job.exitCode()).as(job.err()).isZero();

        assertThat(Answers.claims((String) askForAToken().get("access_token")))
                .containsEntry("client_id", id)
                .containsEntry("scope", "fx");
        assertThat(askForAToken()).containsEntry("error", "invalid_client");
    }

    @Test
    void aPod_readsItsTokenFromAFile_asOftenAsItAsks() throws Exception {
        Path set = Files.writeString(folder.resolve("jwks.json"), body(url + "/openid/v1/jwks"));
        String id = operate("Kubernetes", "--jwks jwks.json", "--jwks " + set);
        Map<?, ?> review = (Map<?, ?>)
                json(body(at("/pod") + "&audience=https://id.example.com")).get("status");
        Files.writeString(folder.resolve("token.jwt"), (String) review.get("token"));

        for (int i = 0; i < 2; i++) {
            assertThat(Answers.claims((String) askForAToken().get("access_token")))
                    .containsEntry("client_id", id)
                    .containsEntry("scope", "fx");
        }
    }

    /** Does what the page says under a heading, with one text instead of another; returns the id of the key that it made. */
    private static String operate(String heading, String text, String replacement) {
        CliStore store = new CliStore(service.db());
        List<CliRun> runs = Page.commands(Page.blocks(PAGE, heading).get(0).replace(text, replacement)).stream()
                .map(words -> Stream.concat(words.stream(), Stream.of("--json")).toArray(String[]::new))
                .map(words -> store.at(service.clock().instant(), words))
                .toList();
        return (String) CliStore.json(runs.get(1)).get("id");
    }

    /** What the page says that a client does with token.jwt. */
    private Map<String, Object> askForAToken() {
        String client = new Page(PAGE)
                .blocks("bash")
                .get(0)
                .replace("https://id.example.com/connect", service.url() + "/connect");
        return json(run(client, Map.of()).out());
    }

    private Outcome run(String script, Map<String, String> env) {
        return Processes.run(folder, env, List.of("sh", "-c", script));
    }

    private static String at(String path) {
        return url + path + "?at=" + service.clock().instant().getEpochSecond();
    }

    private static String body(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                .body();
    }
}
