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
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.permission.Actor;
import dev.latchkey.server.Services;
import java.io.IOException;

/** {@code keys import}: creates and changes scopes and keys as a document says, all or nothing. */
public final class KeysImport implements Command {
    private static final String DRY_RUN = "--dry-run";
    private static final AccessKeyImport.Rules RULES = new AccessKeyImport.Rules(false, false);

    @Override
    public void declare(Syntax syntax) {
        syntax.words("FILE", 1, 1)
                .flag(DRY_RUN, "Only say what would be done.")
                .store()
                .json()
                .example("latchkey keys import keys.json --dry-run")
                .example("latchkey keys import keys.json --json > made.json")
                .example("latchkey keys import - < keys.json");
    }

    @Override
    public int run(Arguments arguments, CliContext context) throws IOException {
        boolean dryRun = arguments.has(DRY_RUN);
        ImportReport.Form form = arguments.has(Syntax.JSON)
                ? ImportReport.Form.JSON
                : arguments.has(Syntax.VERBOSE) || dryRun ? ImportReport.Form.ROWS : ImportReport.Form.TOTALS;
        try (ImportFile file = ImportFile.named(arguments.word(), context);
                ImportReport report = new ImportReport(context, dryRun, form)) {
            report.print(load(file, report, dryRun, arguments, context));
        }
        return ExitCodes.DONE;
    }

    private static ImportTotals load(
            ImportFile file, ImportReport report, boolean dryRun, Arguments arguments, CliContext context) {
        Actor actor = StoreAccess.operator();
        try (Services services = open(dryRun, arguments, context)) {
            AccessKeyImport imports = services.imports();
            AccessKeyImport.Rules rules = RULES.with(ImportVariables.of(context.env()));
            return dryRun ? imports.compare(actor, file, rules, report) : imports.run(actor, file, rules, report);
        } catch (JsonSyntaxException e) {
            throw ExitCodes.usage(file.shown() + " " + e.getMessage());
        } catch (ServiceException e) {
            throw e.errors().isEmpty() ? e : ExitCodes.usage(file.describe(e.errors()));
        }
    }

    /** A dry run makes no store either. */
    private static Services open(boolean dryRun, Arguments arguments, CliContext context) {
        return dryRun ? StoreAccess.open(arguments, context) : StoreAccess.openOrCreate(arguments, context);
    }
}
