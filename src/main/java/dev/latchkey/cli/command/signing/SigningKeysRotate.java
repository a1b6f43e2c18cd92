package dev.latchkey.cli.command.signing;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.permission.Actor;
import dev.latchkey.server.Services;
import dev.latchkey.signingkey.RotationMode;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeys;
import java.time.Instant;
import java.util.List;

/** {@code signing-keys rotate}: lets the next key sign. Running services follow within seconds. */
public final class SigningKeysRotate implements Command {
    private static final String NOW = "--now";
    private static final String COMPROMISED = "--compromised";

    /** How often, and how far apart, a store is looked at whose next key is still being made: 10 s. */
    private static final int LOOKS = 50;

    private static final long PAUSE_MILLIS = 200;

    @Override
    public void declare(Syntax syntax) {
        syntax.flag(NOW, "Do not wait until every verifier must have seen the next key.")
                .flag(COMPROMISED, "Now, and drop the old key: the tokens that it signed stop verifying.");
        SigningKeyAccess.declareAlgorithm(SigningKeyAccess.declareForNewKey(syntax))
                .store()
                .json()
                .example("latchkey signing-keys rotate")
                .example("latchkey signing-keys rotate --compromised");
    }

    @Override
    public int run(Arguments arguments, CliContext context) throws InterruptedException {
        Actor actor = StoreAccess.operator();
        RotationMode mode = mode(arguments);
        try (Services services = StoreAccess.open(arguments, context)) {
            SigningKeys signingKeys = SigningKeyAccess.open(services, arguments, context);
            List<SigningKey> before = awaitNext(signingKeys, actor);
            List<SigningKey> after = signingKeys.rotate(actor, mode);
            SigningKeyAccess.print(after, arguments, context);
            tell(before.get(0), after.get(0), mode, context);
        }
        return ExitCodes.DONE;
    }

    /** The keys, once there is a next one: a service that starts for the first time makes it a moment after it is ready. */
    private static List<SigningKey> awaitNext(SigningKeys signingKeys, Actor actor) throws InterruptedException {
        List<SigningKey> keys = signingKeys.list(actor);
        for (int i = 0; i < LOOKS && isWithoutNext(keys); i++) {
            Thread.sleep(PAUSE_MILLIS);
            keys = signingKeys.list(actor);
        }
        return keys;
    }

    private static boolean isWithoutNext(List<SigningKey> keys) {
        return !keys.isEmpty() && keys.stream().noneMatch(key -> key.state() == SigningKey.State.NEXT);
    }

    private static RotationMode mode(Arguments arguments) {
        if (arguments.has(COMPROMISED)) {
            return RotationMode.COMPROMISED;
        }
        return arguments.has(NOW) ? RotationMode.NOW : RotationMode.WHEN_KNOWN;
    }

    private static void tell(SigningKey old, SigningKey active, RotationMode mode, CliContext context) {
        if (mode == RotationMode.COMPROMISED) {
            context.err()
                    .println("The key " + old.kid() + " is dropped: the tokens that it signed no longer verify. "
                            + "A verifier may hold it for five minutes more.");
        }
        Instant from = active.activatedAt();
        if (from != null && from.isAfter(context.clock().instant())) {
            context.err().println("The new key signs from " + from + " on: until then not every service shows it.");
        }
    }
}
