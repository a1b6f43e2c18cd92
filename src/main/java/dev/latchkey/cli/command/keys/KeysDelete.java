package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.server.Services;

/** {@code keys delete}: removes an access key for good, after a confirmation. */
public final class KeysDelete implements Command {
    private static final String YES = "--yes";

    @Override
    public void declare(Syntax syntax) {
        syntax.words("ID", 1, 1)
                .flag(YES, "Do not ask; needed where there is no terminal.")
                .store()
                .example("latchkey keys delete ack_… --yes");
    }

    @Override
    public int execute(Invocation run) {
        if (!run.has(YES) && run.context().terminal() == null) {
            throw ExitCodes.usage("there is no terminal to ask at: give " + YES + " to delete the key all the same");
        }
        try (Services services = run.store()) {
            AccessKey key = KeyWord.find(services, run);
            String name = key.settings().name();
            if (!run.has(YES)) {
                String typed = run.context()
                        .ask("The key \"" + TerminalText.line(name) + "\" (" + key.id()
                                + ") stops getting tokens at once, for good.\nType its name to delete it: ");
                // A name that cannot be typed can be confirmed by the id.
                if (!typed.equals(name.strip()) && !typed.equals(key.id())) {
                    throw ServiceException.of(
                            ErrorKind.CONFLICT, "nothing was deleted: that is not the name of the key");
                }
            }
            services.accessKeys().delete(Invocation.operator(), key.id(), null);
            return run.print("Deleted " + key.id() + " (" + name + ")");
        }
    }
}
