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
    public int run(Arguments arguments, Surroundings surroundings) {
        try (Services services = StoreAccess.openOrCreate(arguments, surroundings)) {
            SigningKeyAccess.print(
                    SigningKeyAccess.open(services, arguments, surroundings)
                            .importKey(StoreAccess.operator(), SigningKeyAccess.file("FILE", arguments.word())),
                    arguments,
                    surroundings);
        }
        return ExitCodes.DONE;
    }
}
