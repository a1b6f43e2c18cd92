package dev.latchkey.cli;

import dev.latchkey.server.Services;

/** {@code signing-keys import}: a private key from elsewhere becomes the next one. */
final class SigningKeysImport implements Command {
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
                            .importKey(StoreAccess.operator(), SigningKeyAccess.file("FILE", arguments.word())),
                    arguments,
                    context);
        }
        return ExitCodes.DONE;
    }
}
