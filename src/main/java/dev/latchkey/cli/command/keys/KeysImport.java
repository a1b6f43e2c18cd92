package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.ImportTotals;
import dev.latchkey.accesskey.importing.ImportVariables;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.Terminal;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.server.Services;
import java.io.IOException;

/** {@code keys import}: creates, changes and on request deletes scopes and keys as a document says, all or nothing. */
public final class KeysImport implements Command {
    private static final String DRY_RUN = "--dry-run";
    private static final String PRUNE = "--prune";
    private static final String YES = "--yes";

    @Override
    public void declare(Syntax syntax) {
        syntax.words("FILE", 1, 1)
                .flag(DRY_RUN, "Only say what would be done; exit 3 when there is something.")
                .flag(PRUNE, "Delete every key that the file does not name.")
                .flag(YES, "Do not ask before deleting; needed where there is no terminal.")
                .store()
                .json()
                .example("latchkey keys import keys.json --dry-run")
                .example("latchkey keys import keys.json --json > made.json")
                .example("latchkey keys import keys.json --prune --yes")
                .example("latchkey keys import - < keys.json");
    }

    @Override
    public int run(Arguments arguments, CliContext context) throws IOException {
        boolean dryRun = arguments.has(DRY_RUN);
        boolean prunes = arguments.has(PRUNE);
        boolean asks = prunes && !dryRun && !arguments.has(YES);
        if (asks && context.terminal() == null) {
            throw ExitCodes.usage("there is no terminal to ask at: give " + YES
                    + " to delete the keys that the file does not name, or " + DRY_RUN + " to see which they are");
        }
        AccessKeyImport.Rules taken = new AccessKeyImport.Rules(false, false).with(ImportVariables.of(context.env()));
        AccessKeyImport.Rules rules = prunes ? taken.pruning() : taken;
        try (ImportFile file = ImportFile.named(arguments.word(), context);
                ImportReport report = new ImportReport(context, dryRun, prunes, form(arguments))) {
            ImportTotals totals = load(
                    file,
                    imports -> {
                        Terminal terminal = context.terminal();
                        if (asks && terminal != null) {
                            PruneConfirmation confirmation = new PruneConfirmation();
                            var unused = imports.compare(StoreAccess.operator(), file, rules, confirmation);
                            confirmation.ask(terminal, context);
                        }
                        return dryRun
                                ? imports.compare(StoreAccess.operator(), file, rules, report)
                                : imports.run(StoreAccess.operator(), file, rules, report);
                    },
                    dryRun,
                    arguments,
                    context);
            report.print(totals);
            return dryRun && !totals.isNothing() ? ExitCodes.SOMETHING_TO_DO : ExitCodes.DONE;
        }
    }

    private static ImportReport.Form form(Arguments arguments) {
        if (arguments.has(Syntax.JSON)) {
            return ImportReport.Form.JSON;
        }
        if (arguments.has(DRY_RUN)) {
            return ImportReport.Form.PLAN;
        }
        return arguments.has(Syntax.VERBOSE) ? ImportReport.Form.ROWS : ImportReport.Form.TOTALS;
    }

    private interface Importing {
        ImportTotals with(AccessKeyImport imports) throws JsonSyntaxException;
    }

    /** A dry run makes no store. */
    private static ImportTotals load(
            ImportFile file, Importing importing, boolean dryRun, Arguments arguments, CliContext context) {
        try (Services services =
                dryRun ? StoreAccess.open(arguments, context) : StoreAccess.openOrCreate(arguments, context)) {
            return importing.with(services.imports());
        } catch (JsonSyntaxException e) {
            throw ExitCodes.usage(file.shown() + " " + e.getMessage());
        } catch (ServiceException e) {
            throw e.errors().isEmpty() ? e : ExitCodes.usage(file.describe(e.errors()));
        }
    }
}
