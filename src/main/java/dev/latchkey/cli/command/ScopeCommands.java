package dev.latchkey.cli.command;

import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.scope.Scope;
import dev.latchkey.server.Services;
import java.util.List;

/** The commands on the catalogue of scopes. */
final class ScopeCommands {
    private static final int NARROWEST = 20;

    private ScopeCommands() {}

    /** {@code scopes add}: new scopes in the catalogue, all or none. */
    static Command add() {
        return Command.of(
                syntax -> syntax.words("NAME...", 1, Integer.MAX_VALUE)
                        .value("--description", "TEXT", "What the scopes let their holder do.")
                        .store()
                        .json()
                        .example("latchkey scopes add fx vault --description \"read only\""),
                ScopeCommands::add);
    }

    private static int add(Invocation run) {
        try (Services services = run.storeOrNew()) {
            String description = run.value("--description").orElse("");
            List<Scope> added = services.scopes().add(Invocation.operator(), run.words(), description);
            if (run.isJson()) {
                JsonOutput.printList(run.context().out(), added, scope -> scope);
            } else {
                added.forEach(scope -> run.print("Added scope " + scope.name()));
            }
            return ExitCodes.DONE;
        }
    }

    /** {@code scopes list}: the catalogue, by name. */
    static Command list() {
        return Command.of(syntax -> syntax.store().json().example("latchkey scopes list"), run -> {
            try (Services services = run.store();
                    Pages<Scope> scopes = Pages.byName(
                            run.context(),
                            "scopes listed",
                            Scope::name,
                            (name, most) -> services.scopes().after(Invocation.operator(), name, most))) {
                return run.list(
                        scopes,
                        scope -> scope,
                        "The catalogue is empty; latchkey scopes add fills it.",
                        new Table<Scope>()
                                .column("NAME", Scope::name)
                                .column("DESCRIPTION", NARROWEST, Scope::description));
            }
        });
    }

    /** {@code scopes remove}: takes a scope that no key has out of the catalogue. */
    static Command remove() {
        return Command.of(syntax -> syntax.words("NAME", 1, 1).store().example("latchkey scopes remove fx"), run -> {
            try (Services services = run.store()) {
                services.scopes().remove(Invocation.operator(), run.word());
                return run.print("Removed scope " + run.word());
            }
        });
    }
}
