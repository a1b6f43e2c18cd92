package dev.latchkey.dev;

import static dev.latchkey.dev.DevService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.cli.StubService;
import dev.latchkey.cli.StubService.Asked;
import dev.latchkey.docs.Page;
import dev.latchkey.harness.Processes;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.recipes.Recipes;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole of workload identity on a laptop: the stand-in makes a platform's tokens, serves its keys, and takes them. */
class WorkloadFlowTest {
    private static final String PAGE = "workload-identity.md";
    private static final String ISSUER = "https://id.example.com";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"github,     repo:acme/app:ref:refs/heads/main", "kubernetes, system:serviceaccount:default:default"})
    void aToken_asAPlatformGivesIt_standsForASecret(String as, String subject) throws Exception {
        assumeThat(Recipes.find("jq")).as("jq is installed").isPresent();
        assumeThat(Recipes.find("curl")).as("curl is installed").isPresent();
        try (DevService service = new DevService(Map.of())) {
            String issuer = json(service.get("/.well-known/openid-configuration"))
                    .path("issuer")
                    .asText();
            String jwks = "http://127.0.0.1:" + service.port() + "/.well-known/jwks.json";
            assertThat(asOwner(
                                    service,
                                    "/api/issuers",
                                    "{\"name\":\"it\",\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + jwks
                                            + "\",\"audience\":\"latchkey\"}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(asOwner(service, "/api/scopes", "{\"name\":\"fx\"}").statusCode())
                    .isEqualTo(201);
            HttpResponse<String> key = asOwner(
                    service,
                    "/api/keys",
                    "{\"name\":\"job\",\"scopes\":[\"fx\"],\"secret\":false,"
                            + "\"federated\":[{\"issuer\":\"it\",\"subject\":\"" + subject + "\"}]}");
            assertThat(key.statusCode()).isEqualTo(201);
            assertThat(json(key).has("secret")).isFalse();

            String token = json(service.call("POST", "/dev/tokens", "{\"as\":\"" + as + "\",\"aud\":\"latchkey\"}"))
                    .path("access_token")
                    .asText();
            Processes.Outcome answer = typed(service, as, token);
            assertThat(answer.exitCode()).as(answer.err()).isZero();
            assertThat(DevService.claims(JsonBinding.stored(answer.out())
                                    .path("access_token")
                                    .asText())
                            .path("client_id"))
                    .isEqualTo(json(key).path("id"));
        }
    }

    /** What the page has a job of GitHub's do, or any workload that has its token in a file. */
    private Processes.Outcome typed(DevService service, String as, String token) {
        String fetching = as.equals("github")
                ? run(Page.blocks(PAGE, "GitHub Actions").get(1), "      - run: |\n")
                : run(Page.blocks(PAGE, "GitLab CI").get(1), "  script:\n    - ");
        String asking = new Page(PAGE).blocks("bash").get(0).replace(ISSUER, String.valueOf(service.uri("")));
        try (StubService platform = StubService.answering(200, "{\"value\": \"" + token + "\"}")) {
            Processes.Outcome outcome = Processes.run(
                    folder,
                    Map.of(
                            "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                            "job",
                            "ACTIONS_ID_TOKEN_REQUEST_URL",
                            platform.url() + "/?version=2",
                            "LATCHKEY_TOKEN",
                            token),
                    List.of("bash", "-c", fetching + asking));
            if (as.equals("github")) {
                assertThat(platform.asked())
                        .isEqualTo(new Asked("GET", "/?version=2&audience=" + ISSUER, "bearer job", "null", ""));
            }
            return outcome;
        }
    }

    /** The end of a job's description, what it runs. */
    private static String run(String job, String after) {
        return job.substring(job.indexOf(after) + after.length());
    }

    private static HttpResponse<String> asOwner(DevService service, String path, String body) throws Exception {
        return service.send(HttpRequest.newBuilder(service.uri(path))
                .header("Authorization", "Bearer " + service.token("latchkey:owner"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }
}
