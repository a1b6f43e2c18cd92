package dev.latchkey.cli;

import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.config.Durations;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.server.Services;
import java.time.Duration;

/** {@code keys rotate}: a new secret for an access key, and the one moment it can be read. */
final class KeysRotate implements Command {
    private static final String GRACE = "--grace";

    @Override
    public void declare(Syntax syntax) {
        syntax.words("ID", 1, 1)
                .value(GRACE, "DURATION", "How long the old secret goes on working, up to 30d; 0 ends it now (24h).");
        SecretOutput.declare(syntax).store().json().example("latchkey keys rotate ack_… --grace 2h");
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        SecretOutput.check(arguments);
        Duration grace = arguments.value(GRACE).map(KeysRotate::grace).orElse(AccessKeys.DEFAULT_GRACE);
        try (Services services = StoreAccess.open(arguments, surroundings)) {
            SecretOutput.print(
                    services.accessKeys().rotate(StoreAccess.operator(), arguments.word(), grace),
                    arguments,
                    surroundings);
        } catch (LatchkeyException e) {
            throw KeyOptions.underFlagNames(e);
        }
        return ExitCodes.DONE;
    }

    private static Duration grace(String text) {
        return text.equals("0") ? Duration.ZERO : Durations.parse(GRACE, text);
    }
}
