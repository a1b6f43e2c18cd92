package dev.latchkey.cli.command.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.AccessKeySettingsJson;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.OptionErrors;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import dev.latchkey.server.Services;

/** {@code keys edit}: other fields for an access key; what is not named stays. */
public final class KeysEdit implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("ID", 1, 1).value("--name", "NAME", "Its new name.");
        KeyOptions.declare(ScopeOptions.declare(syntax))
                .store()
                .json()
                .example("latchkey keys edit ack_… --scopes \"fx vault\" --token-lifetime 30m")
                .example("latchkey keys edit ack_… --audience none --expires-in 90d");
    }

    @Override
    public int execute(Invocation run) {
        try {
            ObjectNode fields = KeyOptions.read(run, false);
            run.value("--name").ifPresent(name -> fields.put("name", name));
            if (fields.isEmpty() && !ScopeOptions.given(run)) {
                throw ExitCodes.usage(
                        "there is nothing to change: give a flag for each field, such as --name; \"latchkey help keys"
                                + " edit\" lists them");
            }
            return edit(fields, run);
        } catch (ServiceException e) {
            throw OptionErrors.of(e);
        }
    }

    private static int edit(ObjectNode fields, Invocation run) {
        Actor actor = Invocation.operator();
        try (Services services = run.store()) {
            ScopeOptions.read(run, services)
                    .ifPresent(scopes -> fields.set("scopes", JsonBinding.tree(scopes.tokens())));
            String id = KeyWord.find(services, run).id();
            AccessKey key =
                    services.accessKeys().edit(actor, id, old -> AccessKeySettingsJson.replace(old, fields), null);
            return run.print(() -> AccessKeyJson.of(key), KeysShow.fields(key, run.now()));
        }
    }

    /** {@code keys disable} and {@code keys enable}: whether an access key gets tokens. */
    public static Command enabled(boolean enabled) {
        return Command.of(
                syntax -> syntax.words("ID", 1, 1)
                        .store()
                        .json()
                        .example("latchkey keys " + (enabled ? "enable" : "disable") + " ack_…"),
                run -> {
                    try (Services services = run.store()) {
                        String id = KeyWord.find(services, run).id();
                        AccessKey key = services.accessKeys().setEnabled(Invocation.operator(), id, enabled);
                        return run.print(
                                () -> AccessKeyJson.of(key),
                                (enabled ? "Enabled " : "Disabled ") + id + " ("
                                        + key.settings().name() + ")");
                    }
                });
    }
}
