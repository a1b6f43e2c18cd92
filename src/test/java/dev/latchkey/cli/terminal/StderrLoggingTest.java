package dev.latchkey.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.config.LogFormat;
import dev.latchkey.harness.StderrCapture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class StderrLoggingTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    private final StderrLogging logging = new StderrLogging();

    @Test
    void aMessage_isALineOfTimeLevelAndText() {
        String said = said("dev.latchkey.http", log -> log.info("{} of {} are {}", 1, 2, "done"));

        assertThat(said).matches(TIME + " INFO 1 of 2 are done" + System.lineSeparator());
    }

    @Test
    void aThrowable_isTraced_whenTracesAreWanted() {
        System.setProperty("latchkey.log.traces", "true");
        try {
            String said = said(
                    new StderrLogging(),
                    "dev.latchkey",
                    log -> log.error("it {}", "failed", new IllegalStateException("why")));

            assertThat(said.lines().toList()).first().asString().matches(TIME + " ERROR it failed");
            assertThat(said.lines().skip(1).toList())
                    .startsWith("java.lang.IllegalStateException: why")
                    .anyMatch(line -> line.startsWith("\tat " + getClass().getName()));
        } finally {
            System.clearProperty("latchkey.log.traces");
        }
    }

    @Test
    void aThrowable_isToldInOneLine_whenTracesAreNotWanted() {
        RuntimeException thrown = new IllegalStateException("why\n\tat a.forged.Line", new ArithmeticException("deep"));

        List<String> lines = said("dev.latchkey", log -> log.warn("it failed", thrown))
                .lines()
                .toList();

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches(TIME + " WARN it failed");
        assertThat(lines.get(1))
                .isEqualTo("  because of java.lang.IllegalStateException: why\\n\\u0009at a.forged.Line;"
                        + " java.lang.ArithmeticException: deep (--verbose adds the stack trace)");
    }

    @Test
    void aThrowableOfAnyLength_isCut() {
        RuntimeException thrown = new IllegalStateException("x".repeat(100_000));

        assertThat(said("dev.latchkey", log -> log.warn("it failed", thrown))).hasSizeLessThan(1_000);
    }

    @Test
    void librariesSayWarnings_butJettyAndThoseThatQuoteSecretsOnlyErrors() {
        assertThat(said("dev.latchkey.sql", log -> log.debug("detail"))).isEmpty();
        assertThat(said("io.javalin", log -> log.info("hello"))).isEmpty();
        assertThat(said("io.javalin", log -> log.warn("odd"))).endsWith(" WARN odd" + System.lineSeparator());
        assertThat(said("org.eclipse.jetty.http.HttpParser", log -> log.warn("bad {}", "secret")))
                .isEmpty();
        assertThat(said("org.eclipse.jetty.http.HttpParser", log -> log.error("broken")))
                .isNotEmpty();
        assertThat(said("org.eclipse.jettyish", log -> log.warn("another"))).isNotEmpty();
    }

    @Test
    void linesOfLibraries_areJsonToo() throws Exception {
        StderrLogging.writeAs(LogFormat.JSON);
        try {
            String said = StderrCapture.of(() -> LoggerFactory.getLogger("org.eclipse.jetty.io")
                    .error("no {}", "place", new ArithmeticException("why")));

            assertThat(said.lines())
                    .singleElement()
                    .asString()
                    .startsWith("{\"ts\":\"2")
                    .endsWith("\"level\":\"ERROR\",\"event\":\"other\",\"message\":\"no place\","
                            + "\"reason\":\"java.lang.ArithmeticException: why\"}");
        } finally {
            StderrLogging.writeAs(LogFormat.TEXT);
        }
    }

    /** An unknown flag, a bad setting, a file that is no store: before the settings are read, and after. */
    @Test
    void whatKeepsAServiceFromStarting_isALineOfTheJsonLog(@TempDir Path folder) throws Exception {
        Path noStore = Files.writeString(folder.resolve("no-store"), "x".repeat(10_000));
        Map<String, String> env = Map.of("LATCHKEY_LOG_FORMAT", "JSON", "LATCHKEY_ISUER", "http://x");
        try {
            for (List<String> words : List.of(
                    List.of("serve", "--porrt", "1"),
                    List.of("--port", "many"),
                    List.of("serve", "--port", "0", "--db", noStore.toString()))) {
                String said = StderrCapture.of(() -> assertThat(CliRun.with(env, "", words.toArray(String[]::new)))
                        .satisfies(run -> assertThat(run.code()).isIn(1, 2))
                        .satisfies(run -> assertThat(run.err()).isEmpty()));

                assertThat(said.lines()).as(said).allMatch(line -> line.startsWith("{\"ts\":\"2"));
                assertThat(said.lines().reduce("", (first, last) -> last))
                        .contains("\"level\":\"ERROR\",\"event\":\"service.failed\"");
            }
            assertThat(CliRun.with(env, "", "serve", "--log-format", "text", "--port", "many")
                            .err())
                    .contains("latchkey: --port must be");
        } finally {
            StderrLogging.writeAs(LogFormat.TEXT);
        }
    }

    private String said(String logger, Consumer<Logger> speaks) {
        return said(logging, logger, speaks);
    }

    private static String said(StderrLogging logging, String logger, Consumer<Logger> speaks) {
        PrintStream stderr = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            speaks.accept(logging.getLoggerFactory().getLogger(logger));
        } finally {
            System.setErr(stderr);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
