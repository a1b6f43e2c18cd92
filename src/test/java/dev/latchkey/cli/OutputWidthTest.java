package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.command.Commands;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.Screen;
import dev.latchkey.cli.terminal.StandardOutput;
import dev.latchkey.cli.terminal.TerminalText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results are whole in files and pipes, as wide as a terminal is, and end when the reader has enough. */
class OutputWidthTest {
    private static final String LONG =
            "a name of more than eighty characters ".repeat(4).strip();

    @TempDir
    Path folder;

    private CliStore store;

    @BeforeEach
    void makeStore() {
        store = CliStore.in(folder);
        store.create(LONG);
    }

    @Test
    void list_inAPipe_isCutNowhere() {
        assertThat(store.run("keys", "list").out()).contains(LONG).doesNotContain("…");
        assertThat(store.run("audit").out()).contains("name " + LONG);
    }

    @Test
    void list_onATerminal_isAsWideAsThat() {
        for (int columns : new int[] {70, 80, 100}) {
            assertThat(store.onScreen(columns, "keys", "list").out().lines())
                    .anyMatch(line -> TerminalText.width(line) == columns)
                    .allMatch(line -> TerminalText.width(line) <= columns);
        }
        assertThat(store.onScreen(400, "keys", "list").out()).contains(LONG);
    }

    @Test
    void aReaderThatWantsNoMore_endsACommandQuietly_andEarly() {
        String scopes = IntStream.range(0, 250)
                .mapToObj(i -> "{\"name\":\"scope-" + i + "\",\"description\":\"" + "x".repeat(900) + "\"}")
                .collect(Collectors.joining(","));
        store.reading("{\"scopes\":[" + scopes + "]}", "keys", "import", "-");
        AtomicInteger written = new AtomicInteger();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        assertThat(run(closedAfter(1, "Broken pipe", written), err, "scopes", "list", "--json"))
                .isZero();

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(written.get()).isLessThan(20);
        assertThat(run(closedAfter(0, "Broken pipe", written), err, "keys", "list"))
                .isZero();
        assertThat(run(closedAfter(0, "Broken pipe", written), err, "keys", "export"))
                .isZero();
        assertThat(run(closedAfter(0, "No space left on device", written), err, "keys", "export"))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("latchkey: the result could not be written to standard output completely\n");
    }

    private int run(OutputStream out, OutputStream err, String... args) {
        return new Cli(
                        new CliContext(
                                Map.of("LATCHKEY_DB", store.file().toString()),
                                new ByteArrayInputStream(new byte[0]),
                                StandardOutput.to(out),
                                new PrintStream(err, true, StandardCharsets.UTF_8),
                                Clock.systemUTC(),
                                null,
                                Screen.NONE),
                        Commands.table())
                .run(args);
    }

    private static OutputStream closedAfter(int writes, String reason, AtomicInteger tried) {
        AtomicInteger left = new AtomicInteger(writes);
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                tried.incrementAndGet();
                if (left.getAndDecrement() <= 0) {
                    throw new IOException(reason);
                }
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                write(0);
            }
        };
    }
}
