package dev.latchkey.cli;

import dev.latchkey.cli.terminal.ExitCodes;
import java.util.function.Consumer;

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
    int execute(Invocation run) throws Exception;

    /** What {@link #execute} does. */
    interface Execution {
        int of(Invocation run) throws Exception;
    }

    /** A command of a few lines. */
    static Command of(Consumer<Syntax> declaration, Execution execution) {
        return new Command() {
            @Override
            public void declare(Syntax syntax) {
                declaration.accept(syntax);
            }

            @Override
            public int execute(Invocation run) throws Exception {
                return execution.of(run);
            }
        };
    }
}
