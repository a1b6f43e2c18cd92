package dev.latchkey.cli;

/** {@code completion}: a script with which a shell completes commands and options. */
final class Completion implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.noStore().example("source <(latchkey completion)");
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        surroundings.out().print(CompletionScript.text());
        return ExitCodes.DONE;
    }
}
