package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.importing.AccessKeyExport;
import dev.latchkey.accesskey.importing.ExportReading;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.file.OutputFile;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.issuer.TrustedIssuer;
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
    public int execute(Invocation run) {
        try (Services services = run.store()) {
            Function<ExportReading, Long> work = reading -> write(reading, run);
            long keys = run.has(WITH_HASHES)
                    ? services.exports().runWithHashes(Invocation.operator(), work)
                    : services.exports().run(Invocation.operator(), work);
            if (!isToStdout(run)) {
                run.tell("Wrote " + keys + " keys to " + run.word());
            }
        }
        return ExitCodes.DONE;
    }

    private static boolean isToStdout(Invocation run) {
        return run.words().isEmpty() || run.word().equals(STDOUT);
    }

    private static long write(ExportReading reading, Invocation run) {
        String what = "keys written";
        Function<AccessKey, Object> row = run.has(WITH_HASHES) ? AccessKeyExport::rowWithHashes : AccessKeyExport::row;
        try (Pages<Scope> scopes = Pages.byName(run.context(), what, Scope::name, reading::scopesAfter);
                Pages<AccessKey> keys = Pages.byName(run.context(), what, AccessKey::id, reading::keysAfter)) {
            JsonOutput.Document document = out -> {
                out.writeStartObject();
                JsonOutput.array(out, "scopes", scopes, AccessKeyExport::row);
                List<TrustedIssuer> issuers = reading.issuers();
                if (!issuers.isEmpty()) {
                    JsonOutput.array(out, "issuers", issuers, AccessKeyExport::row);
                }
                JsonOutput.array(out, "keys", keys, row);
                out.writeEndObject();
            };
            if (isToStdout(run)) {
                JsonOutput.print(run.context().out(), document);
            } else {
                OutputFile.write(run.word(), out -> JsonOutput.write(out, document));
            }
            return keys.count();
        }
    }
}
