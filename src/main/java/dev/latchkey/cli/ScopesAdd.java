package dev.latchkey.cli;

import dev.latchkey.scope.Scope;
import dev.latchkey.server.Services;
import java.util.List;

/** {@code scopes add}: new scopes in the catalogue, all or none. */
final class ScopesAdd implements Command {
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
