package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.recipes.Recipes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a fresh key's page tells services: the recipes, filled in; and what "Try it" says where RSA does not sign. */
@Tag("browser")
class SnippetsTest {
    private static final Path DOCS = Path.of(System.getProperty("latchkey.root", "."), "src", "docs");
    private static final String AUDIENCE = "https://orders.example.com";

    @RegisterExtension
    private static final Dashboard dashboard =
            Dashboard.fresh(Map.of(ServeFlag.SIGNING_ALGORITHM, "ES256", ServeFlag.AUDIENCE, AUDIENCE));

    private static final Page page = dashboard.page();

    @BeforeAll
    static void start() {
        page.openAs("owner");
        page.api("POST", "scopes", Map.of("name", "orders:read", "description", ""));
        page.api("POST", "scopes", Map.of("name", "orders:write", "description", ""));
        page.at("#/keys/new");
        page.type("Name", "orders client");
        page.tick("All 2 in the catalogue");
        page.press("Create key");
        page.isAt("is ready");
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    @Test
    void tryIt_showsTheTokenDecoded() {
        page.press("Try it here");
        page.sees("Signature verified: ES256, by key ");
        assertThat(page.takeaway("Header")).contains("\"alg\": \"ES256\"", "\"typ\": \"at+jwt\"");
        assertThat(page.takeaway("Claims"))
                .contains("\"iss\": \"" + dashboard.service().issuer() + '"', "\"" + AUDIENCE + "\"")
                .contains("\"scope\": \"orders:read orders:write\"");
        assertThat(page.takeaway("Access token").split("\\.", -1)).hasSize(3);
        page.sees("The token works for 1 hour.");
    }

    @Test
    void spring_isTheRecipe() throws IOException {
        page.press("Spring Boot");
        String recipe = Files.readString(DOCS.resolve("resource-servers.md"));
        String code = page.takeaway("Java")
                .replace('"' + dashboard.service().issuer() + '"', "issuer")
                .replace('"' + AUDIENCE + '"', "audience");
        assertThat(code)
                .contains("hasAuthority(\"SCOPE_orders:read\")", "hasAuthority(\"SCOPE_orders:write\")")
                .contains("withIssuerLocation(issuer)");
        code.substring(code.indexOf("JwtDecoder decoder() {"))
                .lines()
                .skip(1)
                .map(String::strip)
                .forEach(line -> assertThat(recipe).contains(line));
    }

    @Test
    void nginx_isTheRecipe() throws IOException {
        page.press("nginx, without any code");
        String recipe = Files.readString(DOCS.resolve("forward-authentication.md"))
                .replace("http://127.0.0.1:8080", dashboard.service().issuer())
                .replace("scope=fx", "scope=orders%3Aread+orders%3Awrite");
        assertThat(recipe).contains(page.takeaway("nginx.conf"));
    }

    @Test
    void node_isFilledIn() {
        page.press("Node.js with jose");
        String issuer = dashboard.service().issuer();
        assertThat(page.takeaway("authorize.js"))
                .contains("new URL(\"" + issuer + "/.well-known/jwks.json\")")
                .contains("issuer: \"" + issuer + "\",", "audience: \"" + AUDIENCE + "\",")
                .contains("algorithms: ['ES256'],", "[\"orders:read\",\"orders:write\"]");
    }

    /** Each where its program is on this machine. */
    @Test
    void clients_getATokenBySnippet(@TempDir Path folder) throws Exception {
        Map<String, String> programs = Map.of(
                "java",
                "Java Token.java",
                "node",
                "Node.js token.mjs",
                "python3",
                "Python token.py",
                "go",
                "Go token.go");
        List<List<String>> commands = new ArrayList<>(List.of(List.of("sh", "-c", page.takeaway("In a shell"))));
        for (Map.Entry<String, String> program : programs.entrySet()) {
            String[] names = program.getValue().split(" ", 2);
            page.press(names[0]);
            Path file = Files.writeString(folder.resolve(names[1]), page.takeaway(names[1]));
            Optional<Path> found = Recipes.find(program.getKey());
            found.ifPresent(path -> commands.add(
                    program.getKey().equals("go")
                            ? List.of(path.toString(), "run", file.toString())
                            : List.of(path.toString(), file.toString())));
        }

        for (List<String> command : commands) {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).as(command.toString()).containsPattern("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");
            assertThat(process.waitFor()).isZero();
        }
    }

    @Test
    void copyButtons_copyWhatTheyStandBeside() {
        dashboard
                .browser()
                .driver()
                .executeCdpCommand(
                        "Browser.grantPermissions",
                        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        Map<String, String> takeaways = Map.of(
                "client id", "Client id",
                "client secret", "Client secret",
                ".env lines", "As a .env file",
                "curl command", "In a shell");
        takeaways.forEach((what, title) -> {
            page.press("Copy the " + what);
            page.sees("Copied the " + what + ".");
            assertThat(dashboard
                            .browser()
                            .driver()
                            .executeAsyncScript("navigator.clipboard.readText().then(arguments[0])"))
                    .isEqualTo(page.takeaway(title));
        });
    }
}
