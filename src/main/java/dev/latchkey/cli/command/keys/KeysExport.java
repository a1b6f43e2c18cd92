package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.importing.AccessKeyExport;
import dev.latchkey.accesskey.importing.ExportReading;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.file.OutputFile;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.output.Progress;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.Scope;
import dev.latchkey.server.Services;
import java.util.List;
import java.util.function.Function;

/** {@code keys export}: the catalogue, the trusted issuers and all access keys of one moment as {@code keys import} reads them. */
public final class KeysExport implements Command {
    private static final String STDOUT = "-";
    private static final String WITH_HASHES = "--with-hashes";

    @Override
    public void declare(Syntax syntax) {
        syntax.words("[FILE]", 0, 1)
                .flag(WITH_HASHES, "Add secret_sha256, so that the same secrets work where it is imported.")
                .store()
                .flag(Syntax.JSON, "Changes nothing: the output is JSON anyway.")
                .example("latchkey keys export keys.json")
                .example("latchkey keys export --with-hashes > keys.json");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        boolean withHashes = arguments.has(WITH_HASHES);
        try (Services services = StoreAccess.open(arguments, context);
                Progress progress = new Progress(context, "keys written")) {
            Function<ExportReading, Long> work = reading -> write(reading, withHashes, progress, arguments, context);
            Actor actor = StoreAccess.operator();
            long keys = withHashes
                    ? services.exports().runWithHashes(actor, work)
                    : services.exports().run(actor, work);
            if (!isToStdout(arguments)) {
                progress.hide();
                context.err().println("Wrote " + keys + " keys to " + TerminalText.line(arguments.word()));
            }
        }
        return ExitCodes.DONE;
    }

    private static boolean isToStdout(Arguments arguments) {
        return arguments.words().isEmpty() || arguments.word().equals(STDOUT);
    }

    private static long write(
            ExportReading reading, boolean withHashes, Progress progress, Arguments arguments, CliContext context) {
        Pages<Scope> scopes = new Pages<>(
                context, progress, last -> reading.scopesAfter(last == null ? "" : last.name(), Pages.ROWS));
        Pages<AccessKey> keys =
                new Pages<>(context, progress, last -> reading.keysAfter(last == null ? "" : last.id(), Pages.ROWS));
        JsonOutput.Document document = out -> {
            out.writeStartObject();
            JsonOutput.array(out, "scopes", scopes, AccessKeyExport::row);
            List<TrustedIssuer> issuers = reading.issuers();
            if (!issuers.isEmpty()) {
                JsonOutput.array(out, "issuers", issuers, AccessKeyExport::row);
            }
            JsonOutput.array(out, "keys", keys, withHashes ? AccessKeyExport::rowWithHashes : AccessKeyExport::row);
            out.writeEndObject();
        };
        if (isToStdout(arguments)) {
            JsonOutput.print(context.out(), document);
        } else {
            OutputFile.write(arguments.word(), out -> JsonOutput.write(out, document));
        }
        return keys.count();
    }
}
