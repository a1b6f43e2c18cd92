package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.ImportListener;
import dev.latchkey.accesskey.importing.ImportTotals;
import dev.latchkey.accesskey.importing.ImportVariables;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.server.Services;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
    public int execute(Invocation run) throws IOException {
        boolean dryRun = run.has(DRY_RUN);
        boolean asks = run.has(PRUNE) && !dryRun && !run.has(YES);
        if (asks && run.context().terminal() == null) {
            throw ExitCodes.usage("there is no terminal to ask at: give " + YES
                    + " to delete the keys that the file does not name, or " + DRY_RUN + " to see which they are");
        }
        try (ImportFile file = ImportFile.named(run.word(), run.context());
                ImportReport report = new ImportReport(run.context(), dryRun, run.has(PRUNE), form(run))) {
            ImportTotals totals = load(file, asks, dryRun, report, run);
            report.print(totals);
            return dryRun && !totals.isNothing() ? ExitCodes.SOMETHING_TO_DO : ExitCodes.DONE;
        }
    }

    private static ImportReport.Form form(Invocation run) {
        if (run.isJson()) {
            return ImportReport.Form.JSON;
        }
        if (run.has(DRY_RUN)) {
            return ImportReport.Form.PLAN;
        }
        return run.has(Syntax.VERBOSE) ? ImportReport.Form.ROWS : ImportReport.Form.TOTALS;
    }

    /** A dry run makes no store. */
    private static ImportTotals load(
            ImportFile file, boolean asks, boolean dryRun, ImportReport report, Invocation run) {
        AccessKeyImport.Rules taken = new AccessKeyImport.Rules(false, false)
                .with(ImportVariables.of(run.context().env()));
        AccessKeyImport.Rules rules = run.has(PRUNE) ? taken.pruning() : taken;
        try (Services services = dryRun ? run.store() : run.storeOrNew()) {
            AccessKeyImport imports = services.imports();
            if (asks) {
                PruneConfirmation confirmation = new PruneConfirmation();
                var unused = imports.compare(Invocation.operator(), file, rules, confirmation);
                confirmation.ask(run.context());
            }
            return dryRun
                    ? imports.compare(Invocation.operator(), file, rules, report)
                    : imports.run(Invocation.operator(), file, rules, report);
        } catch (JsonSyntaxException e) {
            throw ExitCodes.usage(file.shown() + " " + e.getMessage());
        } catch (ServiceException e) {
            throw e.errors().isEmpty() ? e : ExitCodes.usage(file.describe(e.errors()));
        }
    }

    /** Counts the keys that an import would delete, and asks whether that is meant. For one thread. */
    private static final class PruneConfirmation implements ImportListener {
        private static final int NAMED = 5;

        private final List<String> names = new ArrayList<>();
        private long count;

        @Override
        public void begin() {
            names.clear();
            count = 0;
        }

        @Override
        public void keyDeleted(AccessKey key, AuditEvent event) {
            if (names.size() < NAMED) {
                names.add(TerminalText.line(key.settings().name()) + " (" + key.id() + ")");
            }
            count++;
        }

        /** Fails unless there is nothing to delete, or the right number is typed. */
        void ask(CliContext context) {
            if (count == 0) {
                return;
            }
            String more = count > names.size() ? " and " + (count - names.size()) + " more" : "";
            String typed = context.ask("Keys that the file does not name: " + count
                    + ". They stop getting tokens at once, for good:\n  " + String.join("\n  ", names) + more
                    + "\nType how many they are to delete them: ");
            if (!typed.equals(String.valueOf(count))) {
                throw ServiceException.of(ErrorKind.CONFLICT, "nothing was imported: that is not how many they are");
            }
        }
    }
}
