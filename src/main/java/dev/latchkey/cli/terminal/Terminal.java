package dev.latchkey.cli.terminal;

import org.jspecify.annotations.Nullable;

/** Where a person types. For one thread. */
public interface Terminal {
    /** One line, seen while it is typed; null at the end of the input. */
    @Nullable
    String readLine();

    /** One line that is not seen; null at the end of the input. */
    @Nullable
    String readSecret();
}
