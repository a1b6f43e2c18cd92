package dev.latchkey.cli.command.scopes;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.scope.Scope;
import dev.latchkey.server.Services;
import java.util.List;

/** {@code scopes add}: new scopes in the catalogue, all or none. */
public final class ScopesAdd implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("NAME...", 1, Integer.MAX_VALUE)
                .value("--description", "TEXT", "What the scopes let their holder do.")
                .store()
                .json()
                .example("latchkey scopes add fx vault --description \"read only\"");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.openOrCreate(arguments, context)) {
            String description = arguments.value("--description").orElse("");
            List<Scope> added = services.scopes().add(StoreAccess.operator(), arguments.words(), description);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.printList(context.out(), added, scope -> scope);
            } else {
                added.forEach(scope -> context.out().println("Added scope " + scope.name()));
            }
        }
        return ExitCodes.DONE;
    }
}
