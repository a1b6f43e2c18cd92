package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyCursor;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.output.Progress;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.output.Times;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.server.Services;
import java.time.Instant;

/** {@code keys list}: all access keys, newest first. */
public final class KeysList implements Command {
    /** A generated id; it stays whole, for people copy it. */
    private static final int WHOLE_ID = 30;

    private static final int NARROWEST = 8;
    private static final String QUERY = "--q";
    private static final String ENABLED = "--enabled";
    private static final String DISABLED = "--disabled";

    @Override
    public void declare(Syntax syntax) {
        syntax.value(QUERY, "TEXT", "Only keys with this in name, id, description or scopes, in either case.")
                .flag(ENABLED, "Only keys that are not disabled.")
                .flag(DISABLED, "Only keys that are disabled.")
                .store()
                .json()
                .example("latchkey keys list --q billing --enabled");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        if (arguments.has(ENABLED) && arguments.has(DISABLED)) {
            throw ExitCodes.usage(ENABLED + " and " + DISABLED + " exclude each other; give one of them");
        }
        try (Services services = StoreAccess.open(arguments, context);
                Progress progress = new Progress(context, "keys listed")) {
            Pages<AccessKey> keys = all(services, arguments, context, progress);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.printList(context.out(), keys, AccessKeyJson::of);
            } else if (keys.isEmpty()) {
                context.err()
                        .println(
                                isFiltered(arguments)
                                        ? "There is no such access key."
                                        : "There is no access key yet; latchkey keys create makes one.");
            } else {
                print(keys, context);
            }
        }
        return ExitCodes.DONE;
    }

    private static boolean isFiltered(Arguments arguments) {
        return arguments.has(QUERY) || arguments.has(ENABLED) || arguments.has(DISABLED);
    }

    /** All keys that the options ask for. */
    static Pages<AccessKey> all(Services services, Arguments arguments, CliContext context, Progress progress) {
        String text = arguments.value(QUERY).orElse(null);
        Boolean enabled = arguments.has(ENABLED) ? Boolean.TRUE : arguments.has(DISABLED) ? Boolean.FALSE : null;
        return new Pages<>(context, progress, last -> {
            AccessKeyCursor after =
                    last == null ? null : AccessKeyCursor.behind(last, AccessKeyQuery.Order.NEWEST_FIRST);
            AccessKeyQuery query = AccessKeyQuery.newest(Pages.ROWS, after, text, enabled);
            return services.accessKeys().page(StoreAccess.operator(), query).keys();
        });
    }

    static void print(Iterable<AccessKey> keys, CliContext context) {
        Instant now = context.clock().instant();
        try (Table table = new Table(
                context,
                new Table.Column("ID", WHOLE_ID),
                new Table.Column("NAME", NARROWEST),
                Table.Column.whole("STATE"),
                new Table.Column("SCOPES", NARROWEST),
                Table.Column.whole("LAST USED"))) {
            for (AccessKey key : keys) {
                Instant used = key.lastUsedAt();
                table.row(
                        key.id(),
                        key.settings().name(),
                        state(key, now),
                        key.settings().scopes().toString(),
                        used == null ? "never" : Times.relative(used, now));
            }
        }
    }

    /** The word for why it gets tokens or not. */
    static String state(AccessKey key, Instant now) {
        if (!key.settings().enabled()) {
            return "disabled";
        }
        return key.isExpired(now) ? "expired" : "enabled";
    }
}
