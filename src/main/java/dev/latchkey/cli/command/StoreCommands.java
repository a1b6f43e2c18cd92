package dev.latchkey.cli.command;

import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.file.OutputFile;
import dev.latchkey.cli.output.Progress;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.server.Services;
import dev.latchkey.sql.transfer.Restore;
import dev.latchkey.sql.transfer.RestoredStore;
import dev.latchkey.sql.transfer.StoreCopy;
import dev.latchkey.sql.transfer.StoreCopy.Copied;
import java.nio.file.Path;
import java.util.Map;

/** The commands that copy a store as a whole. */
final class StoreCommands {
    private static final String FROM = "--from";
    private static final String TO = "--to";

    private StoreCommands() {}

    /** {@code backup}: a consistent copy of a SQLite store, also while the service runs. */
    static Command backup() {
        return Command.of(
                syntax -> syntax.words("FILE", 1, 1).store().example("latchkey backup latchkey-$(date +%F).db"),
                run -> {
                    if (run.word().equals(InputFile.STDIN)) {
                        throw ExitCodes.usage("a backup cannot go to standard output; name a file");
                    }
                    try (Services services = run.store()) {
                        services.backup(OutputFile.path(run.word()));
                        return run.print("Copied the store to " + run.word());
                    }
                });
    }

    /** {@code restore}: puts a backup in the place of a SQLite store that nothing else has open. */
    static Command restore() {
        return Command.of(
                syntax -> syntax.words("FILE", 1, 1)
                        .flags(ServeFlag.MASTER_KEY_FILE)
                        .store()
                        .example("latchkey restore latchkey-2026-11-30.db"),
                StoreCommands::restore);
    }

    private static int restore(Invocation run) {
        String db = StoreAccess.place(run.value(Syntax.DB).orElse(null), run.context());
        Path masterKey = SigningKeyCommands.masterKeyFile(run);
        RestoredStore restored =
                Restore.run(db, OutputFile.path(run.word()), masterKey == null ? null : Services.seal(masterKey));
        run.print("Restored " + db + " from " + run.word() + ": "
                + (restored.accessKeys() == 1 ? "1 access key" : restored.accessKeys() + " access keys")
                + (restored.replaces() ? "; the store that was there is gone" : ""));
        if (restored.isOlder()) {
            run.tell("It was made by an older Latchkey; the next start brings it up to date.");
        }
        if (restored.isEncrypted() && masterKey == null) {
            run.tell("Its private signing keys are encrypted: serve needs the master key that they were"
                    + " encrypted with (--master-key-file).");
        }
        return ExitCodes.DONE;
    }

    /** {@code migrate}: copies a store, all of it, into an empty database. */
    static Command migrate() {
        String store = ServeFlag.DB.label();
        return Command.of(
                syntax -> syntax.value(
                                FROM, store, "The store to copy; stop its service first. Default what --db says.")
                        .value(TO, store, "The database to copy it to, which must be empty. Default what --db says.")
                        .store()
                        .json()
                        .example("latchkey migrate --from latchkey.db --to jdbc:postgresql://db/latchkey")
                        .example("LATCHKEY_DB='jdbc:postgresql://db/latchkey?user=u&password=…' \\")
                        .example("    latchkey migrate --from latchkey.db"),
                StoreCommands::migrate);
    }

    private static int migrate(Invocation run) {
        boolean both = run.has(FROM) && run.has(TO);
        if (!(run.has(FROM) || run.has(TO)) || (both && run.has(Syntax.DB))) {
            throw ExitCodes.usage("name two stores: the one to copy with " + FROM + " and the empty one with " + TO
                    + "; " + Syntax.DB + " or " + ServeFlag.DB.variable() + " stands for one of them");
        }
        String source = place(FROM, run);
        String target = place(TO, run);
        Copied copied;
        try (Progress progress = new Progress(run.context(), "rows copied")) {
            copied = StoreCopy.run(source, target, progress::at);
        }
        if (run.isJson()) {
            return run.printJson(Map.of("rows", copied.rows()));
        }
        copied.rows().forEach((table, count) -> run.context().out().printf("%,12d %s%n", count, table));
        run.tell("All is copied to " + copied.target() + ". Start the service on it with --db or LATCHKEY_DB.");
        return ExitCodes.DONE;
    }

    private static String place(String flag, Invocation run) {
        return run.has(flag)
                ? StoreAccess.place(flag, run.value(flag).orElse(null))
                : StoreAccess.place(run.value(Syntax.DB).orElse(null), run.context());
    }
}
