package dev.latchkey.cli.command;

import dev.latchkey.cli.Command;
import dev.latchkey.cli.CompletionShell;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.ExitCodes;

/** {@code completion}: a script with which a shell completes commands, options, values, files and ids. */
final class Completion implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("SHELL", 1, 1).noStore().example("source <(latchkey completion bash)");
    }

    @Override
    public int execute(Invocation run) {
        CompletionShell shell = CompletionShell.find(run.word())
                .orElseThrow(() ->
                        ExitCodes.usage("the shell must be " + CompletionShell.NAMES + ", not \"" + run.word() + "\""));
        run.context().out().print(shell.script());
        return ExitCodes.DONE;
    }
}
