package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.config.Durations;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.server.Services;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** {@code keys rotate}: a new secret for an access key, and the one moment it can be read. */
public final class KeysRotate implements Command {
    private static final String GRACE = "--grace";
    private static final String YES = "--yes";

    /** How often a key is looked at again that others change at the same time. */
    private static final int TRIES = 20;

    @Override
    public void declare(Syntax syntax) {
        syntax.words("ID", 1, 1)
                .value(GRACE, "DURATION", "How long the old secret goes on working, up to 30d; 0 ends it now (24h).")
                .flag(YES, "Do not ask, although two secrets work and the older one ends now.");
        SecretOutput.declare(syntax).optionsAreFields().store().json().example("latchkey keys rotate ack_… --grace 2h");
    }

    @Override
    public int execute(Invocation run) {
        Duration grace = run.value(GRACE).map(KeysRotate::grace).orElse(AccessKeys.DEFAULT_GRACE);
        try (SecretOutput output = SecretOutput.prepare(run);
                Services services = run.store()) {
            return output.print(rotate(services, grace, run), services);
        }
    }

    /** Rotates the key as it was when the question was asked. */
    private static NewAccessKey rotate(Services services, Duration grace, Invocation run) {
        for (int i = 1; ; i++) {
            AccessKey key = KeyCommands.find(services, run);
            if (!run.has(YES)) {
                confirm(key, grace, run);
            }
            try {
                return services.accessKeys().rotate(Invocation.operator(), key.id(), grace, key.revision());
            } catch (ServiceException e) {
                if (e.kind() != ErrorKind.PRECONDITION_FAILED || i == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Two secrets work while a rotation goes on; another one ends the older at once, whether it is in use or not. */
    private static void confirm(AccessKey key, Duration grace, Invocation run) {
        Instant now = run.now();
        List<StoredSecret> live =
                key.secrets().stream().filter(secret -> secret.isLive(now)).toList();
        if (live.size() < 2) {
            return;
        }
        List<StoredSecret> ending = grace.isZero() ? live : live.subList(0, live.size() - 1);
        String what = ending.stream()
                        .map(secret -> "the secret " + secret.shown() + " (" + KeyText.history(secret, now) + ")")
                        .collect(Collectors.joining(" and "))
                + (ending.size() == 1 ? " ends at once" : " end at once");
        if (run.context().terminal() == null) {
            throw ExitCodes.usage(
                    "two secrets of this key work, and " + what + ": give " + YES + " to rotate all the same");
        }
        String question = "Two secrets of this key work, and " + TerminalText.line(what) + ". Rotate it? [y/N] ";
        if (!run.context().ask(question).matches("(?i)y|yes")) {
            throw ServiceException.of(ErrorKind.CONFLICT, "nothing was rotated");
        }
    }

    private static Duration grace(String text) {
        return text.equals("0") ? Duration.ZERO : Durations.parse(GRACE, text);
    }
}
