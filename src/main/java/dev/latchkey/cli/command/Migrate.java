package dev.latchkey.cli.command;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Progress;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.sql.transfer.StoreCopy;
import java.util.Map;
import java.util.Optional;

/** {@code migrate}: copies a store, all of it, into an empty database. */
final class Migrate implements Command {
    private static final String FROM = "--from";
    private static final String TO = "--to";

    @Override
    public void declare(Syntax syntax) {
        syntax.value(FROM, ServeFlag.DB.label(), "The store to copy; stop its service first. Default what --db says.")
                .value(
                        TO,
                        ServeFlag.DB.label(),
                        "The database to copy it to, which must be empty. Default what --db says.")
                .store()
                .json()
                .example("latchkey migrate --from latchkey.db --to jdbc:postgresql://db/latchkey")
                .example("LATCHKEY_DB='jdbc:postgresql://db/latchkey?user=u&password=…' \\")
                .example("    latchkey migrate --from latchkey.db");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        Optional<String> from = arguments.value(FROM);
        Optional<String> to = arguments.value(TO);
        Optional<String> db = arguments.value(Syntax.DB);
        if ((from.isEmpty() && to.isEmpty()) || (from.isPresent() && to.isPresent() && db.isPresent())) {
            throw ExitCodes.usage("name two stores: the one to copy with " + FROM + " and the empty one with " + TO
                    + "; " + Syntax.DB + " or " + ServeFlag.DB.variable() + " stands for one of them");
        }
        String source = place(FROM, from, db, context);
        String target = place(TO, to, db, context);
        Map<String, Long> rows;
        try (Progress progress = new Progress(context, "rows copied")) {
            rows = StoreCopy.run(source, target, progress::at);
        }
        if (arguments.has(Syntax.JSON)) {
            JsonOutput.print(context.out(), Map.of("rows", rows));
        } else {
            rows.forEach((table, count) -> context.out().printf("%,12d %s%n", count, table));
            context.err().println("All is copied. Start the service on the new store with --db or LATCHKEY_DB.");
        }
        return ExitCodes.DONE;
    }

    private static String place(String flag, Optional<String> given, Optional<String> db, CliContext context) {
        return given.isPresent() ? StoreAccess.place(flag, given.get()) : StoreAccess.place(db.orElse(null), context);
    }
}
