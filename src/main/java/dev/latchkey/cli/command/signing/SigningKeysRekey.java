package dev.latchkey.cli.command.signing;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.server.Services;
import java.nio.file.Path;

/** {@code signing-keys rekey}: encrypts the private keys in the store with another master key. */
public final class SigningKeysRekey implements Command {
    private static final String NEW = "--new-master-key-file";

    @Override
    public void declare(Syntax syntax) {
        SigningKeyAccess.declare(syntax)
                .value(NEW, "FILE", "The master key from now on: 32 random bytes in base64.")
                .store()
                .example("(umask 077; openssl rand -base64 32 > new)")
                .example("latchkey signing-keys rekey --master-key-file old --new-master-key-file new");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        String name = arguments
                .value(NEW)
                .orElseThrow(() -> ExitCodes.usage(NEW + " is missing: name the file of the new master key"));
        Path file = InputFile.path(NEW, name);
        try (Services services = StoreAccess.open(arguments, context)) {
            SigningKeyAccess.open(services, arguments, context)
                    .changeMasterKey(StoreAccess.operator(), Services.seal(file));
            context.out()
                    .println("The private signing keys are encrypted with the master key in " + TerminalText.line(name)
                            + "; start each service again with --master-key-file " + TerminalText.line(name));
        }
        return ExitCodes.DONE;
    }
}
