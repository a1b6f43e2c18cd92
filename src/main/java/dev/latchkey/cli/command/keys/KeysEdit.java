package dev.latchkey.cli.command.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.AccessKeySettingsJson;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.OptionErrors;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import dev.latchkey.server.Services;

/** {@code keys edit}: other fields for an access key; what is not named stays. */
public final class KeysEdit implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words(KeyWord.LABEL, 1, 1).value("--name", "NAME", "Its new name.");
        KeyOptions.declare(ScopeOptions.declare(syntax))
                .store()
                .json()
                .example("latchkey keys edit ack_… --scopes \"fx vault\" --token-lifetime 30m")
                .example("latchkey keys edit ack_… --audience none --expires-in 90d");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try {
            ObjectNode fields = KeyOptions.read(arguments, context);
            arguments.value("--name").ifPresent(name -> fields.put("name", name));
            if (fields.isEmpty() && !ScopeOptions.given(arguments)) {
                throw ExitCodes.usage(
                        "there is nothing to change: give a flag for each field, such as --name; \"latchkey help keys"
                                + " edit\" lists them");
            }
            edit(fields, arguments, context);
        } catch (ServiceException e) {
            throw OptionErrors.of(e);
        }
        return ExitCodes.DONE;
    }

    private static void edit(ObjectNode fields, Arguments arguments, CliContext context) {
        Actor actor = StoreAccess.operator();
        try (Services services = StoreAccess.open(arguments, context)) {
            ScopeOptions.read(arguments, services, actor)
                    .ifPresent(scopes -> fields.set("scopes", JsonBinding.tree(scopes.tokens())));
            String id = KeyWord.id(services, arguments);
            AccessKey key =
                    services.accessKeys().edit(actor, id, old -> AccessKeySettingsJson.replace(old, fields), null);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.print(context.out(), AccessKeyJson.of(key));
            } else {
                context.out().print(KeysShow.text(key, context.clock().instant()));
            }
        }
    }
}
