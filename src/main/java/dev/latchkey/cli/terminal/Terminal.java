package dev.latchkey.cli.terminal;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Where a person types. For one thread. */
public interface Terminal {
    /** One line, seen while it is typed; null at the end of the input. */
    @Nullable
    String readLine();

    /** One line that is not seen; null at the end of the input. */
    @Nullable
    String readSecret();

    /** Null when standard input or output is not a terminal. */
    @SuppressWarnings("SystemConsoleNull") // Null tells it in some versions, isTerminal in the others.
    static @Nullable Terminal ofProcess() {
        Console console = System.console();
        return console == null || !isTerminal(console) ? null : new OfProcess(console);
    }

    /** From Java 22 on there may be a console without a terminal, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** That of this very process. */
    record OfProcess(Console console) implements Terminal {
        @Override
        public @Nullable String readLine() {
            return console.readLine();
        }

        @Override
        public @Nullable String readSecret() {
            char[] typed = console.readPassword();
            return typed == null ? null : new String(typed);
        }
    }
}
