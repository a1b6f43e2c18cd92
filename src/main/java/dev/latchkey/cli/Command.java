package dev.latchkey.cli;

import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;

/** One command. Lives for one run. */
public interface Command {
    /** Says which options and words the command takes. */
    void declare(Syntax syntax);

    /**
     * Does it.
     *
     * @return one of {@link ExitCodes}
     * @throws Exception any failure, which {@link ExitCodes#of} turns into a code
     */
    int run(Arguments arguments, CliContext context) throws Exception;
}
