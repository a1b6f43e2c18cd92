package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.Terminal;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Actor;
import dev.latchkey.server.Services;

/** {@code keys delete}: removes an access key for good, after a confirmation. */
public final class KeysDelete implements Command {
    private static final String YES = "--yes";

    @Override
    public void declare(Syntax syntax) {
        syntax.words(KeyWord.LABEL, 1, 1)
                .flag(YES, "Do not ask; needed where there is no terminal.")
                .store()
                .example("latchkey keys delete ack_… --yes");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        Actor actor = StoreAccess.operator();
        Terminal terminal = context.terminal();
        if (!arguments.has(YES) && terminal == null) {
            throw ExitCodes.usage("there is no terminal to ask at: give " + YES + " to delete the key all the same");
        }
        try (Services services = StoreAccess.open(arguments, context)) {
            AccessKeys keys = services.accessKeys();
            AccessKey key = KeyWord.find(services, arguments);
            String id = key.id();
            if (!arguments.has(YES) && terminal != null) {
                confirm(key, terminal, context);
            }
            keys.delete(actor, id, null);
            context.out()
                    .println("Deleted " + id + " ("
                            + TerminalText.line(key.settings().name()) + ")");
        }
        return ExitCodes.DONE;
    }

    /** A name that cannot be typed can be confirmed by the id. */
    private static void confirm(AccessKey key, Terminal terminal, CliContext context) {
        String name = key.settings().name();
        context.err()
                .print("The key \"" + TerminalText.line(name) + "\" (" + key.id()
                        + ") stops getting tokens at once, for good.\nType its name to delete it: ");
        context.err().flush();
        String line = terminal.readLine();
        String typed = line == null ? "" : line.strip();
        if (!typed.equals(name.strip()) && !typed.equals(key.id())) {
            throw ServiceException.of(ErrorKind.CONFLICT, "nothing was deleted: that is not the name of the key");
        }
    }
}
