package dev.latchkey.cli;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyCursor;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.AccessKeyPage;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.permission.Actor;
import dev.latchkey.server.Services;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code keys list}: all access keys, newest first. */
final class KeysList implements Command {
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
    public int run(Arguments arguments, Surroundings surroundings) {
        try (Services services = StoreAccess.open(arguments, surroundings)) {
            List<AccessKey> keys = keys(services.accessKeys(), arguments);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.printList(surroundings.out(), keys, AccessKeyJson::write);
            } else if (keys.isEmpty()) {
                surroundings
                        .err()
                        .println(
                                isFiltered(arguments)
                                        ? "There is no such access key."
                                        : "There is no access key yet; latchkey keys create makes one.");
            } else {
                surroundings.out().print(table(keys, surroundings.clock().instant()));
            }
        }
        return ExitCodes.DONE;
    }

    private static boolean isFiltered(Arguments arguments) {
        return arguments.has(QUERY) || arguments.has(ENABLED) || arguments.has(DISABLED);
    }

    private static List<AccessKey> keys(AccessKeys keys, Arguments arguments) {
        if (arguments.has(ENABLED) && arguments.has(DISABLED)) {
            throw ExitCodes.usage(ENABLED + " and " + DISABLED + " exclude each other; give one of them");
        }
        Actor actor = StoreAccess.operator();
        if (!isFiltered(arguments)) {
            return keys.list(actor);
        }
        String text = arguments.value(QUERY).orElse(null);
        Boolean enabled = arguments.has(ENABLED) ? Boolean.TRUE : arguments.has(DISABLED) ? Boolean.FALSE : null;
        List<AccessKey> found = new ArrayList<>();
        AccessKeyCursor after = null;
        do {
            AccessKeyPage page = keys.page(actor, new AccessKeyQuery(AccessKeyQuery.MAX_LIMIT, after, text, enabled));
            found.addAll(page.keys());
            after = page.next();
        } while (after != null);
        return found;
    }

    static String table(List<AccessKey> keys, Instant now) {
        Table table = new Table(
                new Table.Column("ID", WHOLE_ID),
                new Table.Column("NAME", NARROWEST),
                Table.Column.whole("STATE"),
                new Table.Column("SCOPES", NARROWEST),
                Table.Column.whole("LAST USED"));
        for (AccessKey key : keys) {
            Instant used = key.lastUsedAt();
            table.row(
                    key.id(),
                    key.settings().name(),
                    state(key, now),
                    key.settings().scopes().toString(),
                    used == null ? "never" : Times.relative(used, now));
        }
        return table.text();
    }

    /** The word for why it gets tokens or not. */
    static String state(AccessKey key, Instant now) {
        if (!key.settings().enabled()) {
            return "disabled";
        }
        return key.isExpired(now) ? "expired" : "enabled";
    }
}
