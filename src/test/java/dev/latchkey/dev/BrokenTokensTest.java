package dev.latchkey.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.Processes;
import dev.latchkey.harness.Processes.Outcome;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.recipes.NodePackages;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's table of broken tokens says what each verifier makes of each of them. */
class BrokenTokensTest {
    private static final Path PAGE =
            Path.of(System.getProperty("latchkey.root", "."), "src", "docs", "testing-with-latchkey.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|( (?:active|refused) \\|.*)\\|$");
    private static final List<String> OPTIONS = List.of("iss", "aud", "exp", "typ", "iat");
    private static final String ORDER = "{\"scope\":\"orders:read latchkey:developer\"";
    private static final Set<String> ALL = Set.copyOf(OPTIONS);

    private static TestStandIn standIn;
    private static String audience;
    private static JWSAlgorithm algorithm;
    private static String good;

    /** A token for each break that the page has a row for, in its order. */
    private static final Map<String, String> broken = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws IOException {
        standIn = TestStandIn.start(Map.of(ServeFlag.TOKEN_TYP, "JWT"));
        good = order(ORDER + "}");
        audience = ((List<?>) Answers.claims(good).get("aud")).get(0).toString();
        algorithm = JWSAlgorithm.parse(Answers.header(good).get("alg").toString());
        for (String name : column(0).keySet()) {
            broken.put(name, order(ORDER + ",\"break\":\"" + name + "\"}"));
        }
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @Test
    void table_hasEachBreakOnce() {
        String refusal =
                standIn.json("POST", "/dev/tokens", "{\"break\":\"?\"}").body();

        assertThat(broken).hasSize(16);
        assertThat(broken.keySet()).allSatisfy(name -> assertThat(refusal).contains(name));
    }

    @Test
    void latchkey_doesAsThePageSays() {
        assertThat(introspected(good)).isEqualTo("active");
        assertThat(outcomes(BrokenTokensTest::introspected)).isEqualTo(column(0));
        for (String path : List.of("/connect/verify", "/api/keys")) {
            assertThat(status(path, good)).as(path).isEqualTo(200);
            column(0).forEach((name, says) -> {
                if (says.equals("refused")) {
                    assertThat(status(path, broken.get(name)))
                            .as(path + " " + name)
                            .isEqualTo(401);
                }
            });
        }
    }

    @Test
    void nimbus_doesAsThePageSays() {
        assertThat(nimbus(Set.of())).accepts(good);
        assertThat(nimbus(ALL)).accepts(good);
        assertThat(outcomes(token -> outcome(token, BrokenTokensTest::nimbus))).isEqualTo(column(1));
    }

    @Test
    void spring_doesAsThePageSays() {
        assertThat(spring(Set.of())).accepts(good);
        assertThat(spring(ALL)).accepts(good);
        assertThat(outcomes(token -> outcome(token, BrokenTokensTest::spring))).isEqualTo(column(2));
    }

    @Test
    void jose_doesAsThePageSays(@TempDir Path folder) throws IOException {
        NodePackages.install(folder, "jose@6");
        List<String> tokens = new ArrayList<>(List.of(good));
        tokens.addAll(broken.values());
        var list = JsonBinding.object().putArray("tokens");
        tokens.forEach(list::add);
        Files.writeString(folder.resolve("tokens.json"), list.toString());
        Files.writeString(folder.resolve("judge.mjs"), OfflineVerifiers.JOSE);

        Outcome outcome = Processes.run(folder, Map.of(), List.of("node", "judge.mjs", standIn.issuer(), audience));

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines()).containsExactlyElementsOf(column(3).values());
    }

    private static String order(String json) {
        HttpResponse<String> answer = standIn.json("POST", "/dev/tokens", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Answers.accessToken(answer);
    }

    private static String introspected(String token) {
        HttpResponse<String> answer = standIn.form("/connect/introspect", "dev", "dev-secret", "token=" + token);
        return Answers.json(answer).get("active").equals(true) ? "active" : "refused";
    }

    private static int status(String path, @Nullable String token) {
        return standIn.send(standIn.request(path).header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private static Predicate<String> nimbus(Set<String> options) {
        return OfflineVerifiers.nimbus(standIn.issuer(), audience, algorithm, options);
    }

    private static Predicate<String> spring(Set<String> options) {
        return OfflineVerifiers.spring(standIn.issuer(), audience, options);
    }

    /** How little a verifier must be told to refuse a token. */
    private static String outcome(String token, Function<Set<String>, Predicate<String>> verifier) {
        if (!verifier.apply(Set.of()).test(token)) {
            return "as it comes";
        }
        return OPTIONS.stream()
                .filter(option -> !verifier.apply(Set.of(option)).test(token))
                .findFirst()
                .map(option -> "with `" + option + "`")
                .orElse("accepted");
    }

    private static Map<String, String> outcomes(Function<String, String> judge) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        broken.forEach((name, token) -> outcomes.put(name, judge.apply(token)));
        return outcomes;
    }

    /** What the page says in one column: 0 Latchkey, 1 Nimbus, 2 Spring, 3 jose. */
    private static Map<String, String> column(int index) {
        try {
            Map<String, String> column = new LinkedHashMap<>();
            ROW.matcher(Files.readString(PAGE))
                    .results()
                    .forEach(row -> column.put(
                            row.group(1), row.group(2).split("\\|", -1)[index].strip()));
            return column;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
