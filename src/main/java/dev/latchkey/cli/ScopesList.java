package dev.latchkey.cli;

import dev.latchkey.accesskey.Scope;
import dev.latchkey.accesskey.ScopeJson;
import dev.latchkey.server.Services;
import java.util.List;

/** {@code scopes list}: the catalogue. */
final class ScopesList implements Command {
    private static final int NARROWEST = 20;

    @Override
    public void declare(Syntax syntax) {
        syntax.store().json().example("latchkey scopes list");
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        try (Services services = StoreAccess.open(arguments, surroundings)) {
            List<Scope> scopes = services.scopes().list(StoreAccess.operator());
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.printList(surroundings.out(), scopes, ScopeJson::write);
            } else if (scopes.isEmpty()) {
                surroundings.err().println("The catalogue is empty; latchkey scopes add fills it.");
            } else {
                Table table = new Table(Table.Column.whole("NAME"), new Table.Column("DESCRIPTION", NARROWEST));
                scopes.forEach(scope -> table.row(scope.name(), scope.description()));
                surroundings.out().print(table.text());
            }
        }
        return ExitCodes.DONE;
    }
}
