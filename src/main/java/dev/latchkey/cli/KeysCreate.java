package dev.latchkey.cli;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeySettingsJson;
import dev.latchkey.accesskey.ScopeSet;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.permission.Actor;
import dev.latchkey.server.Services;
import java.util.List;
import java.util.Map;

/** {@code keys create}: a new access key, and the one moment its secret can be read. */
final class KeysCreate implements Command {
    private static final String ADD_SCOPES = "--add-scopes";

    @Override
    public void declare(Syntax syntax) {
        ScopeOptions.declare(syntax.words("[NAME]", 0, 1).value("--name", "NAME", "The same as NAME."))
                .flag(ADD_SCOPES, "Add scopes that the catalogue lacks to it.")
                .flag(SecretOutput.ENV, "Print LATCHKEY_KEY_ID=… and LATCHKEY_KEY_SECRET=…, for an .env file.");
        KeyOptions.declare(syntax)
                .store()
                .json()
                .example("latchkey keys create billing --scopes \"fx vault\" --add-scopes");
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        String name = name(arguments);
        if (!ScopeOptions.given(arguments)) {
            throw ExitCodes.usage("a key needs scopes: give --scopes \"a b\" or --all-scopes");
        }
        if (arguments.has(SecretOutput.ENV) && arguments.has(Syntax.JSON)) {
            throw ExitCodes.usage("--env and --json exclude each other; give one of them");
        }
        try {
            Map<String, Object> fields = KeyOptions.read(arguments, surroundings);
            fields.put("name", name);
            create(fields, arguments, surroundings);
        } catch (LatchkeyException e) {
            throw KeyOptions.underFlagNames(e);
        }
        return ExitCodes.DONE;
    }

    private static void create(Map<String, Object> fields, Arguments arguments, Surroundings surroundings) {
        Actor actor = StoreAccess.operator();
        boolean addScopes = arguments.has(ADD_SCOPES);
        try (Services services = StoreAccess.openOrCreate(arguments, surroundings)) {
            ScopeSet scopes = ScopeOptions.read(arguments, services, actor).orElse(ScopeSet.NONE);
            fields.put("scopes", scopes.tokens());
            AccessKeySettings settings = AccessKeySettingsJson.create(fields);
            SecretOutput.print(services.accessKeys().create(actor, settings, addScopes), arguments, surroundings);
        } catch (LatchkeyException e) {
            throw addScopes || e.errors().isEmpty() ? e : withHint(e);
        }
    }

    private static LatchkeyException withHint(LatchkeyException e) {
        return LatchkeyException.invalid(e.errors().stream()
                .map(error -> error.message().contains("not in the catalogue")
                        ? new FieldError(error.field(), error.message() + " (or give " + ADD_SCOPES + ")")
                        : error)
                .toList());
    }

    private static String name(Arguments arguments) {
        List<String> word = arguments.words();
        if (!word.isEmpty() && arguments.has("--name")) {
            throw ExitCodes.usage("give the name once, either as NAME or as --name NAME");
        }
        return arguments.value("--name").orElseGet(() -> {
            if (word.isEmpty()) {
                throw ExitCodes.usage("the name is missing: latchkey keys create NAME --scopes \"a b\"");
            }
            return word.get(0);
        });
    }
}
