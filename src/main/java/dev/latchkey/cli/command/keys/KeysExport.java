package dev.latchkey.cli.command.keys;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.command.scopes.ScopesList;
import dev.latchkey.cli.file.OutputFile;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.output.Progress;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.scope.Scope;
import dev.latchkey.server.Services;
import java.io.IOException;

/** {@code keys export}: the catalogue and all access keys as {@code keys import} reads them, without secrets. */
public final class KeysExport implements Command {
    private static final String STDOUT = "-";

    @Override
    public void declare(Syntax syntax) {
        syntax.words("[FILE]", 0, 1)
                .store()
                .flag(Syntax.JSON, "Changes nothing: the output is JSON anyway.")
                .example("latchkey keys export keys.json");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.open(arguments, context);
                Progress progress = new Progress(context, "keys written")) {
            Pages<AccessKey> keys = KeysList.all(services, arguments, context, progress);
            Pages<Scope> scopes = ScopesList.all(services, context, progress);
            if (arguments.words().isEmpty() || arguments.word().equals(STDOUT)) {
                JsonOutput.print(context.out(), out -> write(out, scopes, keys));
            } else {
                OutputFile.write(arguments.word(), out -> JsonOutput.write(out, json -> write(json, scopes, keys)));
                progress.hide();
                context.err().println("Wrote " + keys.count() + " keys to " + TerminalText.line(arguments.word()));
            }
        }
        return ExitCodes.DONE;
    }

    private static void write(JsonGenerator out, Iterable<Scope> scopes, Iterable<AccessKey> keys) throws IOException {
        out.writeStartObject();
        JsonOutput.array(out, "scopes", scopes, scope -> new ScopeRow(scope.name(), scope.description()));
        JsonOutput.array(out, "keys", keys, AccessKeyJson::of);
        out.writeEndObject();
    }

    private record ScopeRow(String name, String description) {}
}
