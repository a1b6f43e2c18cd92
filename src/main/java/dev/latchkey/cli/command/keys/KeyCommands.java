package dev.latchkey.cli.command.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.accesskey.AccessKeySettingsJson;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.server.Services;
import java.time.Instant;

/** The commands that show, change or remove one access key, which is named by its id or its name. */
public final class KeyCommands {
    private static final String YES = "--yes";

    private KeyCommands() {}

    /** The key that the word names; fails when there is none, or when the name is that of several. */
    static AccessKey find(Services services, Invocation run) {
        if (run.word().startsWith(AccessKeySecret.PREFIX)) {
            throw ExitCodes.usage("that is a secret, not the id of an access key; it should stand in no command line");
        }
        return services.accessKeys().getByIdOrName(Invocation.operator(), run.word());
    }

    /** {@code keys show}: all that is known of one access key, its secret apart, of which only the hash is stored. */
    public static Command show() {
        return Command.of(
                syntax -> syntax.words("ID", 1, 1).store().json().example("latchkey keys show ack_…"), run -> {
                    try (Services services = run.store()) {
                        AccessKey key = find(services, run);
                        if (run.isJson()) {
                            return run.printJson(AccessKeyJson.of(key));
                        }
                        Instant now = run.now();
                        run.print(KeyText.fields(key, now));
                        services.issuers()
                                .uses(Invocation.operator(), key.id())
                                .forEach(use -> run.print(KeyText.fields(use, now)));
                        return ExitCodes.DONE;
                    }
                });
    }

    /** {@code keys edit}: other fields for an access key; what is not named stays. */
    public static Command edit() {
        return Command.of(
                syntax -> {
                    syntax.words("ID", 1, 1).value("--name", "NAME", "Its new name.");
                    KeyOptions.declare(ScopeOptions.declare(syntax))
                            .optionsAreFields()
                            .store()
                            .json()
                            .example("latchkey keys edit ack_… --scopes \"fx vault\" --token-lifetime 30m")
                            .example("latchkey keys edit ack_… --audience none --expires-in 90d");
                },
                KeyCommands::edit);
    }

    private static int edit(Invocation run) {
        ObjectNode fields = KeyOptions.read(run, false);
        run.value("--name").ifPresent(name -> fields.put("name", name));
        if (fields.isEmpty() && !ScopeOptions.given(run)) {
            throw ExitCodes.usage(
                    "there is nothing to change: give a flag for each field, such as --name; \"latchkey help keys"
                            + " edit\" lists them");
        }
        try (Services services = run.store()) {
            ScopeOptions.read(run, services)
                    .ifPresent(scopes -> fields.set("scopes", JsonBinding.tree(scopes.tokens())));
            String id = find(services, run).id();
            AccessKey key = services.accessKeys()
                    .edit(Invocation.operator(), id, old -> AccessKeySettingsJson.replace(old, fields), null);
            return run.print(() -> AccessKeyJson.of(key), KeyText.fields(key, run.now()));
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
                        String id = find(services, run).id();
                        AccessKey key = services.accessKeys().setEnabled(Invocation.operator(), id, enabled);
                        return run.print(
                                () -> AccessKeyJson.of(key),
                                (enabled ? "Enabled " : "Disabled ") + id + " ("
                                        + key.settings().name() + ")");
                    }
                });
    }

    /** {@code keys delete}: removes an access key for good, after a confirmation. */
    public static Command delete() {
        return Command.of(
                syntax -> syntax.words("ID", 1, 1)
                        .flag(YES, "Do not ask; needed where there is no terminal.")
                        .store()
                        .example("latchkey keys delete ack_… --yes"),
                KeyCommands::delete);
    }

    private static int delete(Invocation run) {
        if (!run.has(YES) && run.context().terminal() == null) {
            throw ExitCodes.usage("there is no terminal to ask at: give " + YES + " to delete the key all the same");
        }
        try (Services services = run.store()) {
            AccessKey key = find(services, run);
            String name = key.settings().name();
            if (!run.has(YES)) {
                String typed = run.context()
                        .ask("The key \"" + TerminalText.line(name) + "\" (" + key.id()
                                + ") stops getting tokens at once, for good.\nType its name to delete it: ");
                // A name that cannot be typed can be confirmed by the id.
                if (!typed.equals(name.strip()) && !typed.equals(key.id())) {
                    throw ServiceException.of(
                            ErrorKind.CONFLICT, "nothing was deleted: that is not the name of the key");
                }
            }
            services.accessKeys().delete(Invocation.operator(), key.id(), null);
            return run.print("Deleted " + key.id() + " (" + name + ")");
        }
    }
}
