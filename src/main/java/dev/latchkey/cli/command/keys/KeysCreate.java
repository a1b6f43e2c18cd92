package dev.latchkey.cli.command.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeySettingsJson;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.server.Services;
import java.util.Optional;

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
                .optionsAreFields()
                .store()
                .json()
                .example("latchkey keys create billing --scopes \"fx vault\" --add-scopes")
                .example("latchkey keys create ci --all-scopes --jwks ci.jwks --no-secret");
    }

    @Override
    public int execute(Invocation run) {
        String name = name(run);
        if (!ScopeOptions.given(run)) {
            throw ExitCodes.usage("a key needs scopes: give --scopes \"a b\" or --all-scopes");
        }
        if (run.has(NO_SECRET) && !run.has(KeyOptions.JWKS) && !run.has(KeyOptions.FEDERATED)) {
            throw ExitCodes.usage(NO_SECRET + " needs " + KeyOptions.JWKS + " or " + KeyOptions.FEDERATED
                    + ": a key must prove itself by something");
        }
        ObjectNode fields = KeyOptions.read(run, true);
        fields.put("name", name);
        try (SecretOutput output = SecretOutput.prepare(run)) {
            return create(fields, run, output);
        }
    }

    private static int create(ObjectNode fields, Invocation run, SecretOutput output) {
        boolean addScopes = run.has(ADD_SCOPES);
        try (Services services = run.storeOrNew()) {
            ScopeSet scopes = ScopeOptions.read(run, services).orElse(ScopeSet.NONE);
            fields.set("scopes", JsonBinding.tree(scopes.tokens()));
            AccessKeySettings settings = AccessKeySettingsJson.create(fields);
            AccessKeys keys = services.accessKeys();
            return run.has(NO_SECRET)
                    ? output.printWithout(keys.createWithoutSecret(Invocation.operator(), settings, addScopes))
                    : output.print(keys.create(Invocation.operator(), settings, addScopes), services);
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

    private static String name(Invocation run) {
        Optional<String> word = run.words().stream().findFirst();
        if (word.isPresent() && run.has("--name")) {
            throw ExitCodes.usage("give the name once, either as NAME or as --name NAME");
        }
        return word.or(() -> run.value("--name"))
                .orElseThrow(() -> ExitCodes.usage("the name is missing: latchkey keys create NAME --scopes \"a b\""));
    }
}
