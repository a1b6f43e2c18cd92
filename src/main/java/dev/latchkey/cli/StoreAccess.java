package dev.latchkey.cli;

import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.error.ServiceException;
import dev.latchkey.server.Services;
import org.jspecify.annotations.Nullable;

/** Where the store of a command is. */
public final class StoreAccess {
    private StoreAccess() {}

    /** @param db what {@code --db} says; null = it is not there */
    static Services open(@Nullable String db, boolean createIfMissing, CliContext context) {
        return Services.open(place(db, context), createIfMissing, context.clock());
    }

    /** What was given, else the environment's or the default place; never in memory. */
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

    /** Whether that is a store in memory; fails with wrong usage where it can be no store's place. */
    public static boolean isInMemory(String source, String place) {
        try {
            return Services.isInMemory(place);
        } catch (ServiceException e) {
            throw ExitCodes.usage(source + ": " + ErrorStyle.of(String.valueOf(e.getMessage())));
        }
    }
}
