package dev.latchkey.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where what a command prints is looked at, if it is. For one thread. */
public final class Screen {
    /** What {@link #columns} answers when lines may have any width. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    /** No terminal: output goes to files or other programs. */
    public static final Screen NONE = new Screen(() -> UNLIMITED, false);

    private static final int USUAL_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 40;
    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d{1,4})\\s*");

    private final IntSupplier columns;
    private final boolean progress;

    private Screen(IntSupplier columns, boolean progress) {
        this.columns = columns;
        this.progress = progress;
    }

    /** A terminal that shows results and messages, with lines of so many columns. */
    public static Screen of(int columns) {
        return new Screen(() -> columns, true);
    }

    static Screen ofProcess(Map<String, String> env, @Nullable Terminal terminal) {
        boolean results = isTerminal(1, terminal);
        return new Screen(() -> results ? terminalColumns(env) : UNLIMITED, isTerminal(2, terminal));
    }

    /** How many columns a line of a result may have. */
    public int columns() {
        return columns.getAsInt();
    }

    /** Whether what goes to standard error is seen while it comes. */
    public boolean showsProgress() {
        return progress;
    }

    /** Standard input and output both are terminals where Java finds one; Linux tells about each. */
    private static boolean isTerminal(int descriptor, @Nullable Terminal terminal) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return terminal != null;
        }
    }

    private static int terminalColumns(Map<String, String> env) {
        String set = env.getOrDefault("COLUMNS", "");
        int columns = set.matches("\\d{1,4}") ? Integer.parseInt(set) : askedColumns();
        return columns == 0 ? USUAL_COLUMNS : Math.max(columns, FEWEST_COLUMNS);
    }

    /** What stty says of the terminal; 0 where it says nothing. */
    private static int askedColumns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream answer = stty.getInputStream()) {
                Matcher size = SIZE.matcher(new String(answer.readAllBytes(), StandardCharsets.US_ASCII));
                return size.matches() ? Integer.parseInt(size.group(1)) : 0;
            }
        } catch (IOException e) {
            return 0; // no such program, or no terminal of its own
        }
    }
}
