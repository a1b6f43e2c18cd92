package dev.latchkey.cli;

import dev.latchkey.scope.Scope;
import dev.latchkey.server.Services;

/** {@code scopes list}: the catalogue. */
final class ScopesList implements Command {
    private static final int NARROWEST = 20;

    @Override
    public void declare(Syntax syntax) {
        syntax.store().json().example("latchkey scopes list");
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        try (Services services = StoreAccess.open(arguments, surroundings);
                Progress progress = new Progress(surroundings, "scopes listed")) {
            Pages<Scope> scopes = all(services, surroundings, progress);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.printList(surroundings.out(), scopes, scope -> scope);
            } else if (scopes.isEmpty()) {
                surroundings.err().println("The catalogue is empty; latchkey scopes add fills it.");
            } else {
                print(scopes, surroundings);
            }
        }
        return ExitCodes.DONE;
    }

    /** The whole catalogue, by name. */
    static Pages<Scope> all(Services services, Surroundings surroundings, Progress progress) {
        return new Pages<>(
                surroundings,
                progress,
                last -> services.scopes().after(StoreAccess.operator(), last == null ? "" : last.name(), Pages.ROWS));
    }

    private static void print(Pages<Scope> scopes, Surroundings surroundings) {
        try (Table table =
                new Table(surroundings, Table.Column.whole("NAME"), new Table.Column("DESCRIPTION", NARROWEST))) {
            scopes.forEach(scope -> table.row(scope.name(), scope.description()));
        }
    }
}
