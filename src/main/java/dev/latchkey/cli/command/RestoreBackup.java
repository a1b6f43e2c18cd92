package dev.latchkey.cli.command;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.command.signing.SigningKeyAccess;
import dev.latchkey.cli.file.OutputFile;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.server.Services;
import dev.latchkey.sql.transfer.Restore;
import dev.latchkey.sql.transfer.RestoredStore;
import java.nio.file.Path;

/** {@code restore}: puts a backup in the place of a SQLite store that nothing else has open. */
final class RestoreBackup implements Command {
    @Override
    public void declare(Syntax syntax) {
        SigningKeyAccess.declare(syntax.words("FILE", 1, 1)).store().example("latchkey restore latchkey-2026-11-30.db");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        String file = arguments.word();
        String db = StoreAccess.place(arguments.value(Syntax.DB).orElse(null), context);
        Path masterKey = SigningKeyAccess.masterKeyFile(arguments, context);
        RestoredStore restored =
                Restore.run(db, OutputFile.path(file), masterKey == null ? null : Services.seal(masterKey));
        context.out()
                .println(TerminalText.line("Restored " + db + " from " + file + ": "
                        + (restored.accessKeys() == 1 ? "1 access key" : restored.accessKeys() + " access keys")
                        + (restored.replaces() ? "; the store that was there is gone" : "")));
        if (restored.isOlder()) {
            context.err().println("It was made by an older Latchkey; the next start brings it up to date.");
        }
        if (restored.isEncrypted() && masterKey == null) {
            context.err()
                    .println("Its private signing keys are encrypted: serve needs the master key that they were"
                            + " encrypted with (--master-key-file).");
        }
        return ExitCodes.DONE;
    }
}
