package dev.latchkey.cli;

import dev.latchkey.cli.command.Commands;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.Screen;
import dev.latchkey.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of the command line, in this process and apart from its streams and environment.
 *
 * @param code the exit code
 */
public record CliRun(int code, String out, String err) {
    public static final Instant NOW = Instant.parse("2030-01-31T12:00:00Z");

    public static CliRun of(String... args) {
        return with(Map.of(), "", args);
    }

    public static CliRun with(Map<String, String> env, String in, String... args) {
        return at(NOW, env, in, args);
    }

    public static CliRun at(Instant now, Map<String, String> env, String in, String... args) {
        return run(now, env, in, null, Screen.NONE, args);
    }

    /** A person looks at results and messages on a terminal with lines of so many columns. */
    static CliRun onScreen(int columns, Map<String, String> env, String in, String... args) {
        return run(NOW, env, in, null, Screen.of(columns), args);
    }

    /** What is printed on a terminal with lines of so many columns. */
    public static String printed(int columns, Consumer<CliContext> printing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        printing.accept(context(NOW, Map.of(), "", null, Screen.of(columns), out, out));
        return out.toString(StandardCharsets.UTF_8);
    }

    /** A process whose output nobody reads. */
    static CliContext context() {
        OutputStream unread = OutputStream.nullOutputStream();
        return context(NOW, Map.of(), "", null, Screen.NONE, unread, unread);
    }

    private static CliContext context(
            Instant now,
            Map<String, String> env,
            String in,
            @Nullable Terminal terminal,
            Screen screen,
            OutputStream out,
            OutputStream err) {
        return new CliContext(
                env,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Clock.fixed(now, ZoneOffset.UTC),
                terminal,
                screen);
    }

    /** A person types these lines at a terminal. */
    static CliRun typing(Map<String, String> env, List<String> lines, String... args) {
        return run(NOW, env, "", new TypedLines(lines), Screen.NONE, args);
    }

    private static CliRun run(
            Instant now,
            Map<String, String> env,
            String in,
            @Nullable Terminal terminal,
            Screen screen,
            String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CliContext context = context(now, env, in, terminal, screen, out, err);
        int code = new Cli(context, Commands.table()).run(args);
        return new CliRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What a failure said; fails unless that was one line and the only thing printed. */
    public String oneLine() {
        if (!out.isEmpty() || err.lines().count() != 1 || !err.endsWith("\n")) {
            throw new AssertionError("not one line on stderr alone: " + this);
        }
        return err.stripTrailing();
    }

    /** A terminal at which lines are typed. */
    private static final class TypedLines implements Terminal {
        private final Iterator<String> lines;

        TypedLines(List<String> lines) {
            this.lines = lines.iterator();
        }

        @Override
        public @Nullable String readLine() {
            return lines.hasNext() ? lines.next() : null;
        }

        @Override
        public @Nullable String readSecret() {
            return readLine();
        }
    }
}
