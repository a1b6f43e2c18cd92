package dev.latchkey.cli.terminal;

import dev.latchkey.config.Variables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a command may see of the process it runs in. Texts are UTF-8, whatever the locale says.
 *
 * @param env the environment
 * @param in standard input
 * @param out for results
 * @param err for messages
 * @param clock the time
 * @param terminal where a person types; null = there is no terminal
 * @param screen where results and messages are looked at
 */
public record CliContext(
        Map<String, String> env,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Clock clock,
        @Nullable Terminal terminal,
        Screen screen) {
    private static final int LONGEST_LINE = 65_536;
    private static final char LOST_CHARACTER = '\uFFFD';

    /** Standard output takes no more; there is no use in going on. */
    public static final class OutputFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private OutputFailedException() {
            super("standard output takes no more", null, false, false);
        }
    }

    /** Variables are often filled from files, which end with a line end. */
    public CliContext {
        env = Variables.withoutLineEnds(env);
    }

    /** Those of this very process. */
    public static CliContext ofProcess() {
        Terminal terminal = Terminal.ofProcess();
        return new CliContext(
                System.getenv(),
                System.in,
                StandardOutput.ofProcess(),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                Clock.systemUTC(),
                terminal,
                Screen.ofProcess(System.getenv(), terminal));
    }

    /** Fails when what was printed so far cannot all be written: there is no use in going on. */
    public void checkOutput() {
        if (out.checkError()) {
            throw new OutputFailedException();
        }
    }

    /**
     * Fails when the locale could not decode something that was typed or set: the platform puts U+FFFD in the place of
     * each lost character, and a name or password would be stored wrong.
     */
    public void checkDecoded(List<String> words) {
        boolean lost = words.stream().anyMatch(word -> word.indexOf(LOST_CHARACTER) >= 0)
                || env.entrySet().stream()
                        .anyMatch(variable -> variable.getKey().startsWith("LATCHKEY_")
                                && variable.getValue().indexOf(LOST_CHARACTER) >= 0);
        if (lost) {
            throw ExitCodes.usage("a character that was typed, or set in a LATCHKEY_ variable, is lost in this locale; "
                    + "set LC_ALL=C.UTF-8");
        }
    }

    /** An environment variable; empty counts as not set. */
    @Nullable
    public String variable(String name) {
        String value = env.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /**
     * One line of standard input without its end, at most 65,536 bytes; empty at the end of the input.
     *
     * @param prompt what a person at a terminal is asked for, who does not see what they type
     */
    public String secretLine(String prompt) throws IOException {
        if (terminal == null) {
            return line();
        }
        err.print(prompt);
        err.flush();
        String typed = terminal.readSecret();
        return typed == null ? "" : typed;
    }

    /** What a person at the terminal answers, without spaces around it; empty at the end of the input. */
    public String ask(String question) {
        err.print(question);
        err.flush();
        String line = terminal == null ? null : terminal.readLine();
        return line == null ? "" : line.strip();
    }

    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n' && line.size() < LONGEST_LINE) {
            line.write(next);
            next = in.read();
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
