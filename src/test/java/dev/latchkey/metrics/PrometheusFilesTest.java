package dev.latchkey.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.docs.Page;
import dev.latchkey.harness.TestService;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus' own tool says of the metrics and of the rules that come with them, and whether names agree. */
class PrometheusFilesTest {
    private static final Path DEPLOY = Path.of(System.getProperty("latchkey.root", "."), "src", "deploy", "prometheus");
    private static final Path RULES = DEPLOY.resolve("latchkey-alerts.yml");
    private static final Pattern NAME = Pattern.compile("\\b(latchkey|jvm|process)_[a-z_]*[a-z]\\b");
    private static final long BOUND_SECONDS = 60;

    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.METRICS, "true"));

    @TempDir
    Path folder;

    /** Of the text alone: the tool reads no OpenMetrics. */
    @Test
    void metrics_passPromtool() throws Exception {
        Path text = Files.writeString(folder.resolve("metrics.txt"), scrape());

        assertThat(promtool(text, "check", "metrics")).isEmpty();
    }

    @Test
    void rules_passPromtool() throws Exception {
        assertThat(promtool(null, "check", "rules", RULES.toString())).contains("SUCCESS: 5 rules found");
        assertThat(promtool(
                        null,
                        "test",
                        "rules",
                        DEPLOY.resolve("latchkey-alerts-test.yml").toString()))
                .contains("SUCCESS");
        assertThat(promtool(
                        null,
                        "check",
                        "config",
                        DEPLOY.resolve("prometheus.yml").toString()))
                .contains("SUCCESS");
    }

    @Test
    void configurationOnThePage_passesPromtool() throws Exception {
        Path file = Files.writeString(
                folder.resolve("page.yml"),
                Page.blocks("operations.md", "Metrics").get(0));

        assertThat(promtool(null, "check", "config", file.toString())).contains("SUCCESS");
    }

    @Test
    void rulesAndDashboard_nameMetricsThatThereAre() throws Exception {
        Set<String> there = names(scrape());
        there.addAll(
                List.of("latchkey_key_expiry_timestamp_seconds", "latchkey_secret_old_last_used_timestamp_seconds"));

        assertThat(there).containsAll(names(Files.readString(RULES)));
        JsonNode dashboard = new ObjectMapper()
                .readTree(DEPLOY.resolve("latchkey-dashboard.json").toFile());
        assertThat(dashboard.get("panels")).hasSizeGreaterThan(10);
        for (JsonNode expression : dashboard.findValues("expr")) {
            assertThat(there).containsAll(names(expression.asText()));
        }
    }

    @Test
    void docs_nameEveryMetricOfOurOwn() throws Exception {
        Set<String> documented = names(new Page("operations.md").text());
        Set<String> families = scrape().lines()
                .filter(line -> line.startsWith("# TYPE latchkey_"))
                .map(line -> line.split(" ", -1)[2])
                .collect(Collectors.toSet());

        assertThat(families).hasSizeGreaterThan(8);
        assertThat(documented).containsAll(families);
    }

    private static String scrape() {
        service.token(service.key("fx"), "");
        return service.get("/metrics").body();
    }

    private static Set<String> names(String text) {
        Matcher matcher = NAME.matcher(text);
        Set<String> names = new TreeSet<>();
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    /** What it prints, about what it reads. */
    private String promtool(Path input, String... arguments) throws IOException, InterruptedException {
        String tool = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(place -> Path.of(place, "promtool"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        assumeTrue(!tool.isEmpty(), "promtool is not installed");
        Path output = folder.resolve("promtool.out");
        List<String> command =
                Stream.concat(Stream.of(tool), Stream.of(arguments)).toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        Process process = builder.start();
        assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
