package dev.latchkey.cli.command.signing;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.server.Services;

/** {@code signing-keys list}: the keys that the JWK Set has. The master key may be named, and is not needed. */
public final class SigningKeysList implements Command {
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
