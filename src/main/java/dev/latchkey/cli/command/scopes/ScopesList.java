package dev.latchkey.cli.command.scopes;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.output.Progress;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.scope.Scope;
import dev.latchkey.server.Services;

/** {@code scopes list}: the catalogue. */
public final class ScopesList implements Command {
    private static final int NARROWEST = 20;

    @Override
    public void declare(Syntax syntax) {
        syntax.store().json().example("latchkey scopes list");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.open(arguments, context);
                Progress progress = new Progress(context, "scopes listed")) {
            Pages<Scope> scopes = all(services, context, progress);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.printList(context.out(), scopes, scope -> scope);
            } else if (scopes.isEmpty()) {
                context.err().println("The catalogue is empty; latchkey scopes add fills it.");
            } else {
                print(scopes, context);
            }
        }
        return ExitCodes.DONE;
    }

    /** The whole catalogue, by name. */
    public static Pages<Scope> all(Services services, CliContext context, Progress progress) {
        return new Pages<>(
                context,
                progress,
                last -> services.scopes().after(StoreAccess.operator(), last == null ? "" : last.name(), Pages.ROWS));
    }

    private static void print(Pages<Scope> scopes, CliContext context) {
        try (Table table = new Table(context, Table.Column.whole("NAME"), new Table.Column("DESCRIPTION", NARROWEST))) {
            scopes.forEach(scope -> table.row(scope.name(), scope.description()));
        }
    }
}
