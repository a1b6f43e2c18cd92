package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.accesskey.importing.AccessKeyImportPlan.Change;
import dev.latchkey.accesskey.importing.ImportListener;
import dev.latchkey.accesskey.importing.ImportTotals;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.cli.file.EncryptedSpool;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Progress;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.scope.Scope;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/**
 * What an import has done, or would do. Keeps its rows, which may hold secrets that were made, out of sight until the
 * import is certain, and shows them this one time. For one thread.
 */
final class ImportReport implements ImportListener, Closeable {
    /** What is said of an import. */
    enum Form {
        TOTALS,
        ROWS,
        /** The rows of what would be done. */
        PLAN,
        JSON
    }

    private final CliContext context;
    private final boolean dryRun;
    private final boolean prunes;
    private final Form form;
    private final Progress progress;
    private final Progress comparing;
    private EncryptedSpool rows = new EncryptedSpool();
    private OutputStream out = rows.out();

    /** @param prunes whether keys are deleted that the document does not name */
    ImportReport(CliContext context, boolean dryRun, boolean prunes, Form form) {
        this.context = context;
        this.dryRun = dryRun;
        this.prunes = prunes;
        this.form = form;
        this.progress = new Progress(context, "keys read");
        this.comparing = new Progress(context, "keys of the store compared");
    }

    @Override
    public void begin() {
        try {
            rows.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows = new EncryptedSpool();
        out = rows.out();
    }

    @Override
    public void progress(long read, long all) {
        progress.at(read, all);
    }

    @Override
    public void compared(long keys) {
        comparing.at(keys);
    }

    @Override
    public void scopeAdded(Scope scope, AuditEvent event) {
        issuerChanged(event);
    }

    @Override
    public void issuerChanged(AuditEvent event) {
        switch (form) {
            case TOTALS -> {}
            case ROWS -> keep(ImportText.done(event));
            case PLAN -> ImportText.wouldDo(event).forEach(this::keep);
            case JSON -> keep(ImportText.json(event, event.subject(), null, null));
        }
    }

    @Override
    public void keyChanged(Change change, List<AuditEvent> events) {
        AccessKeySecret generated = dryRun ? null : change.generated();
        boolean isIdToCome = dryRun && change.nameMustBeFree();
        switch (form) {
            case TOTALS -> {}
            case ROWS -> events.forEach(event -> keep(ImportText.changed(change, event)));
            case PLAN -> ImportText.wouldChange(change, events).forEach(this::keep);
            case JSON ->
                events.forEach(event -> keep(ImportText.json(
                        event,
                        isIdToCome ? null : event.subject(),
                        change.key().settings().name(),
                        generated == null ? null : generated.reveal())));
        }
    }

    @Override
    public void keyDeleted(AccessKey key, AuditEvent event) {
        switch (form) {
            case TOTALS -> {}
            case ROWS -> keep(ImportText.deleted(key));
            case PLAN -> ImportText.wouldDelete(key, event.at()).forEach(this::keep);
            case JSON ->
                keep(ImportText.json(event, event.subject(), key.settings().name(), null));
        }
    }

    private void keep(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says it, the import being done. */
    void print(ImportTotals totals) throws IOException {
        progress.hide();
        comparing.hide();
        out.close();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(rows.open(), StandardCharsets.UTF_8))) {
            Iterator<String> lines = reader.lines().iterator();
            if (form == Form.JSON) {
                printJson(totals, lines);
            } else {
                printText(totals, lines);
            }
        }
    }

    private void printJson(ImportTotals totals, Iterator<String> lines) {
        JsonOutput.print(context.out(), document -> {
            document.writeStartObject();
            document.writeBooleanField("dry_run", dryRun);
            document.writeNumberField("scopes_added", totals.scopesAdded());
            document.writeNumberField("issuers_changed", totals.issuersChanged());
            document.writeNumberField("keys_created", totals.created());
            document.writeNumberField("keys_changed", totals.changed());
            document.writeNumberField("keys_deleted", totals.deleted());
            document.writeNumberField("keys_unchanged", totals.unchanged());
            JsonOutput.array(document, "changes", () -> lines, line -> {
                context.checkOutput();
                return JsonBinding.stored(line);
            });
            document.writeEndObject();
        });
    }

    private void printText(ImportTotals totals, Iterator<String> lines) {
        lines.forEachRemaining(context.out()::println);
        context.out()
                .println((dryRun ? "Nothing was written. " : "")
                        + "Scopes: " + totals.scopesAdded() + " added. "
                        + (totals.issuersChanged() == 0 ? "" : "Issuers: " + totals.issuersChanged() + " changed. ")
                        + "Keys: " + totals.created() + " created, "
                        + totals.changed() + " changed, " + (prunes ? totals.deleted() + " deleted, " : "")
                        + totals.unchanged() + " unchanged.");
        if (dryRun || totals.generated() == 0) {
            return;
        }
        if (form == Form.ROWS) {
            context.out().println("Keep the secrets now: they will not be shown again.");
        } else {
            context.err()
                    .println((totals.generated() == 1
                                    ? "A secret was made for 1 key"
                                    : "Secrets were made for " + totals.generated() + " keys")
                            + " and not shown, as --json and --verbose do; latchkey keys rotate ID makes a new one.");
        }
    }

    @Override
    public void close() throws IOException {
        progress.close();
        comparing.close();
        rows.close();
    }
}
