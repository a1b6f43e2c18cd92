package dev.latchkey.cli;

import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Actor;
import dev.latchkey.server.Services;
import org.jspecify.annotations.Nullable;

/** How a command comes to the store. */
public final class StoreAccess {
    private StoreAccess() {}

    /** The store, made if it is not there. */
    public static Services openOrCreate(Arguments arguments, CliContext context) {
        return Services.open(place(arguments.value(Syntax.DB).orElse(null), context), true, context.clock());
    }

    /** The store, which must be there. */
    public static Services open(Arguments arguments, CliContext context) {
        return open(arguments.value(Syntax.DB).orElse(null), context);
    }

    /** The same for a place that was read already; null = the environment's or the default one. */
    public static Services open(@Nullable String db, CliContext context) {
        return Services.open(place(db, context), false, context.clock());
    }

    /**
     * The user at the command line; a user who can read the store may do everything. The name is that of the account of the operating system
     * which runs this process, whatever its environment says. It is a record and no proof: the account can write the store.
     */
    public static Actor operator() {
        return Actor.operator(ProcessHandle.current().info().user().orElse("unknown"));
    }

    /** Where the store is: what was given, else the environment's or the default place; never in memory. */
    public static String place(@Nullable String db, CliContext context) {
        return place(ServeFlag.DB.source(db), ServeFlag.DB.choose(db, context.env()));
    }

    /** The same for what a flag or variable, its source, says. */
    public static String place(String source, @Nullable String place) {
        if (place == null || place.isBlank()) {
            throw ExitCodes.usage(source + " must be a file or a JDBC URL");
        }
        if (isInMemory(source, place)) {
            throw ExitCodes.usage(source + " " + place + " is for serve: a store in memory is gone with"
                    + " the process that has it. Name the file of a store, or ask the running service at /api");
        }
        return place;
    }

    /**
     * Whether what a flag or variable, its source, says is a store in memory; fails with wrong usage where it can be no
     * store's place.
     */
    public static boolean isInMemory(String source, String place) {
        try {
            return Services.isInMemory(place);
        } catch (ServiceException e) {
            throw ExitCodes.usage(source + ": " + ErrorStyle.of(String.valueOf(e.getMessage())));
        }
    }
}
