package dev.latchkey.cli.command.signing;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.server.Services;

/** {@code signing-keys import}: a private key from elsewhere becomes the next one. */
public final class SigningKeysImport implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("FILE", 1, 1);
        SigningKeyAccess.declareForNewKey(syntax)
                .store()
                .json()
                .example("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out key.pem")
                .example("latchkey signing-keys import key.pem");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.openOrCreate(arguments, context)) {
            SigningKeyAccess.print(
                    SigningKeyAccess.open(services, arguments, context)
                            .importKey(StoreAccess.operator(), InputFile.path("FILE", arguments.word())),
                    arguments,
                    context);
        }
        return ExitCodes.DONE;
    }
}
