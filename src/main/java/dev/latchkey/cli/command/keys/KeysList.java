package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
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
import java.util.ArrayList;
import java.util.List;

/** {@code keys list}: access keys, newest first unless asked otherwise. */
public final class KeysList implements Command {
    /** A generated id; it stays whole, for people copy it. */
    private static final int WHOLE_ID = 30;

    private static final int NARROWEST = 8;
    private static final String WIDE = "--wide";

    @Override
    public void declare(Syntax syntax) {
        KeyListOptions.declare(syntax)
                .flag(WIDE, "Shorten nothing, and show when keys expire and were made.")
                .store()
                .json()
                .example("latchkey keys list --q billing --enabled")
                .example("latchkey keys list --unused 90d --sort last_used");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        KeyListOptions options = KeyListOptions.of(arguments);
        try (Services services = StoreAccess.open(arguments, context);
                Progress progress = new Progress(context, "keys listed")) {
            Pages<AccessKey> keys = options.pages(services, context, progress);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.printList(context.out(), keys, AccessKeyJson::of);
            } else if (keys.isEmpty()) {
                context.err()
                        .println(
                                options.isFiltered()
                                        ? "There is no such access key."
                                        : "There is no access key yet; latchkey keys create makes one.");
            } else {
                print(keys, arguments.has(WIDE), context);
                sayWhatIsLeft(options, keys.count(), services, context);
            }
        }
        return ExitCodes.DONE;
    }

    private static void sayWhatIsLeft(KeyListOptions options, long listed, Services services, CliContext context) {
        if (listed == options.limit()) {
            long total = services.accessKeys().count(StoreAccess.operator(), options.filter());
            if (total > listed) {
                context.err().println("These are " + listed + " of " + total + " access keys.");
            }
        }
    }

    static void print(Iterable<AccessKey> keys, boolean wide, CliContext context) {
        Instant now = context.clock().instant();
        try (Table table = new Table(context, columns(wide))) {
            for (AccessKey key : keys) {
                Instant used = key.lastUsedAt();
                Instant end = key.settings().expiresAt();
                List<String> cells = new ArrayList<>(List.of(
                        key.id(),
                        key.settings().name(),
                        state(key, now),
                        key.settings().scopes().toString(),
                        used == null ? "never" : Times.relative(used, now)));
                if (wide) {
                    cells.add(end == null ? "never" : Times.relative(end, now));
                    cells.add(Times.relative(key.createdAt(), now));
                }
                table.row(cells.toArray(String[]::new));
            }
        }
    }

    private static Table.Column[] columns(boolean wide) {
        int narrowest = wide ? Integer.MAX_VALUE : NARROWEST;
        List<Table.Column> columns = new ArrayList<>(List.of(
                new Table.Column("ID", wide ? Integer.MAX_VALUE : WHOLE_ID),
                new Table.Column("NAME", narrowest),
                Table.Column.whole("STATE"),
                new Table.Column("SCOPES", narrowest),
                Table.Column.whole("LAST USED")));
        if (wide) {
            columns.add(Table.Column.whole("EXPIRES"));
            columns.add(Table.Column.whole("CREATED"));
        }
        return columns.toArray(Table.Column[]::new);
    }

    /** The word for why it gets tokens or not. */
    static String state(AccessKey key, Instant now) {
        if (!key.settings().enabled()) {
            return "disabled";
        }
        return key.isExpired(now) ? "expired" : "enabled";
    }
}
