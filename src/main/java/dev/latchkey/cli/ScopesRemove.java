package dev.latchkey.cli;

import dev.latchkey.server.Services;

/** {@code scopes remove}: takes a scope that no key has out of the catalogue. */
final class ScopesRemove implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("NAME", 1, 1).store().example("latchkey scopes remove fx");
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        try (Services services = StoreAccess.open(arguments, surroundings)) {
            services.scopes().remove(StoreAccess.operator(), arguments.word());
            surroundings.out().println("Removed scope " + Visible.line(arguments.word()));
        }
        return ExitCodes.DONE;
    }
}
