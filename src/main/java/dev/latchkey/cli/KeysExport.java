package dev.latchkey.cli;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.Scope;
import dev.latchkey.json.JsonWriter;
import dev.latchkey.permission.Actor;
import dev.latchkey.server.Services;
import java.util.List;

/** {@code keys export}: the catalogue and all access keys as {@code keys import} reads them, without secrets. */
final class KeysExport implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("[FILE]", 0, 1)
                .store()
                .flag(Syntax.JSON, "Changes nothing: the output is JSON anyway.")
                .example("latchkey keys export keys.json");
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        Actor actor = StoreAccess.operator();
        try (Services services = StoreAccess.open(arguments, surroundings)) {
            List<AccessKey> keys = services.accessKeys().list(actor);
            List<Scope> scopes = services.scopes().list(actor);
            String document = JsonOutput.text(out -> write(out, scopes, keys));
            if (arguments.words().isEmpty()) {
                surroundings.out().print(document);
            } else {
                OutputFile.write(arguments.word(), document);
                surroundings.err().println("Wrote " + keys.size() + " keys to " + Visible.line(arguments.word()));
            }
        }
        return ExitCodes.DONE;
    }

    private static void write(JsonWriter out, List<Scope> scopes, List<AccessKey> keys) {
        out.arrayField(
                        "scopes",
                        scopes,
                        (array, scope) -> array.startObject()
                                .field("name", scope.name())
                                .field("description", scope.description())
                                .endObject())
                .arrayField(
                        "keys",
                        keys,
                        (array, key) -> array.startObject()
                                .fields(fields -> AccessKeyJson.write(fields, key))
                                .endObject());
    }
}
