package dev.latchkey.cli;

import dev.latchkey.server.Services;

/** {@code signing-keys list}: the keys that the JWK Set has. The master key may be named, and is not needed. */
final class SigningKeysList implements Command {
    @Override
    public void declare(Syntax syntax) {
        SigningKeyAccess.declare(syntax).store().json().example("latchkey signing-keys list");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.open(arguments, context)) {
            SigningKeyAccess.print(
                    SigningKeyAccess.open(services, arguments, context).list(StoreAccess.operator()),
                    arguments,
                    context);
        }
        return ExitCodes.DONE;
    }
}
