package dev.latchkey.cli.command.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeySettingsJson;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.OptionErrors;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.server.Services;
import java.util.List;

/** {@code keys create}: a new access key, and the one moment its secret can be read. */
public final class KeysCreate implements Command {
    private static final String ADD_SCOPES = "--add-scopes";
    private static final String NO_SECRET = "--no-secret";

    @Override
    public void declare(Syntax syntax) {
        ScopeOptions.declare(syntax.words("[NAME]", 0, 1).value("--name", "NAME", "The same as NAME."))
                .flag(ADD_SCOPES, "Add scopes that the catalogue lacks to it.")
                .flag(NO_SECRET, "Make no secret: it proves itself by --jwks or --federated alone.");
        SecretOutput.declare(KeyOptions.declare(syntax))
                .store()
                .json()
                .example("latchkey keys create billing --scopes \"fx vault\" --add-scopes")
                .example("latchkey keys create ci --all-scopes --jwks ci.jwks --no-secret");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        String name = name(arguments);
        if (!ScopeOptions.given(arguments)) {
            throw ExitCodes.usage("a key needs scopes: give --scopes \"a b\" or --all-scopes");
        }
        if (arguments.has(NO_SECRET) && !arguments.has(KeyOptions.JWKS) && !arguments.has(KeyOptions.FEDERATED)) {
            throw ExitCodes.usage(NO_SECRET + " needs " + KeyOptions.JWKS + " or " + KeyOptions.FEDERATED
                    + ": a key must prove itself by something");
        }
        try {
            ObjectNode fields = KeyOptions.readNew(arguments, context);
            fields.put("name", name);
            try (SecretOutput output = SecretOutput.prepare(arguments, context)) {
                create(fields, arguments, context, output);
            }
        } catch (ServiceException e) {
            throw OptionErrors.of(e);
        }
        return ExitCodes.DONE;
    }

    private static void create(ObjectNode fields, Arguments arguments, CliContext context, SecretOutput output) {
        Actor actor = StoreAccess.operator();
        boolean addScopes = arguments.has(ADD_SCOPES);
        try (Services services = StoreAccess.openOrCreate(arguments, context)) {
            ScopeSet scopes = ScopeOptions.read(arguments, services, actor).orElse(ScopeSet.NONE);
            fields.set("scopes", JsonBinding.tree(scopes.tokens()));
            AccessKeySettings settings = AccessKeySettingsJson.create(fields);
            AccessKeys keys = services.accessKeys();
            if (arguments.has(NO_SECRET)) {
                output.printWithout(keys.createWithoutSecret(actor, settings, addScopes));
            } else {
                output.print(keys.create(actor, settings, addScopes), services);
            }
        } catch (ServiceException e) {
            throw addScopes || e.errors().isEmpty() ? e : withHint(e);
        }
    }

    private static ServiceException withHint(ServiceException e) {
        return ServiceException.invalid(e.errors().stream()
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
