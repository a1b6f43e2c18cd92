package dev.latchkey.cli;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.server.Services;
import java.time.Instant;
import java.util.List;

/** {@code keys list}: all access keys, newest first. */
final class KeysList implements Command {
    /** A generated id; it stays whole, for people copy it. */
    private static final int WHOLE_ID = 30;

    private static final int NARROWEST = 8;

    @Override
    public void declare(Syntax syntax) {
        syntax.store().json();
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        try (Services services = StoreAccess.open(arguments, surroundings)) {
            List<AccessKey> keys = services.accessKeys().list(StoreAccess.operator());
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.printList(surroundings.out(), keys, AccessKeyJson::write);
            } else if (keys.isEmpty()) {
                surroundings.err().println("There is no access key yet; latchkey keys create makes one.");
            } else {
                surroundings.out().print(table(keys, surroundings.clock().instant()));
            }
        }
        return ExitCodes.DONE;
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
