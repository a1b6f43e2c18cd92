package dev.latchkey.cli;

/** {@code completion}: a script with which a shell completes commands, options, values, files and ids. */
final class Completion implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("SHELL", 1, 1).noStore().example("source <(latchkey completion bash)");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        CompletionShell shell = CompletionShell.find(arguments.word())
                .orElseThrow(() -> ExitCodes.usage(
                        "the shell must be " + CompletionShell.NAMES + ", not \"" + arguments.word() + "\""));
        context.out().print(shell.script());
        return ExitCodes.DONE;
    }
}
