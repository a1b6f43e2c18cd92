package dev.latchkey.cli.command.signing;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.config.SigningKeyFlags;
import dev.latchkey.error.ServiceException;
import dev.latchkey.server.Services;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeyJson;
import dev.latchkey.signingkey.SigningKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a command comes to the signing keys, and how it shows them. */
public final class SigningKeyAccess {
    private SigningKeyAccess() {}

    /** The option that every command on signing keys has. */
    public static Syntax declare(Syntax syntax) {
        return syntax.value(
                ServeFlag.MASTER_KEY_FILE.flag(), ServeFlag.MASTER_KEY_FILE.label(), ServeFlag.MASTER_KEY_FILE.help());
    }

    /** The same, and the size of the key that the command makes. */
    static Syntax declareForNewKey(Syntax syntax) {
        return declare(syntax).value(ServeFlag.KEY_SIZE.flag(), ServeFlag.KEY_SIZE.label(), ServeFlag.KEY_SIZE.help());
    }

    /** The option for what the key that the command makes is for. */
    static Syntax declareAlgorithm(Syntax syntax) {
        ServeFlag flag = ServeFlag.SIGNING_ALGORITHM;
        return syntax.value(flag.flag(), flag.label(), flag.help());
    }

    /** The signing keys of a store, with the master key and the kind and size of new keys that were given. */
    static SigningKeys open(Services services, Arguments arguments, CliContext context) {
        SigningAlgorithm algorithm = SigningKeyFlags.algorithm(
                arguments.value(ServeFlag.SIGNING_ALGORITHM.flag()).orElse(null),
                arguments.value(ServeFlag.KEY_SIZE.flag()).orElse(null),
                context.env());
        return services.signingKeys(masterKeyFile(arguments, context), algorithm, keySize(arguments, context));
    }

    static void print(List<SigningKey> keys, Arguments arguments, CliContext context) {
        if (arguments.has(Syntax.JSON)) {
            JsonOutput.printList(context.out(), keys, SigningKeyJson::of);
        } else if (keys.isEmpty()) {
            context.err().println("There is no signing key yet; the service makes two when it first starts.");
        } else {
            print(keys, context);
        }
    }

    private static void print(List<SigningKey> keys, CliContext context) {
        try (Table table = new Table(
                context,
                Table.Column.whole("KID"),
                Table.Column.whole("STATE"),
                Table.Column.whole("BITS"),
                Table.Column.whole("SINCE"))) {
            for (SigningKey key : keys) {
                String bits = Integer.toString(key.jwk().bits());
                String algorithm = key.jwk().algorithm().publicName();
                // A column more would not fit beside a whole kid and a whole time.
                String under = key.publishedUntil() == null
                        ? algorithm
                        : algorithm + ", published until " + key.publishedUntil();
                table.row(
                        List.of(under),
                        key.kid(),
                        key.state().publicName(),
                        bits,
                        since(key).toString());
            }
        }
    }

    /** Since when it is in its state. */
    private static Instant since(SigningKey key) {
        Instant changed = key.retiredAt() == null ? key.activatedAt() : key.retiredAt();
        return changed == null ? key.publishedAt() : changed;
    }

    /** The file of the master key; null = none is named. */
    public static @Nullable Path masterKeyFile(Arguments arguments, CliContext context) {
        String name = chosen(ServeFlag.MASTER_KEY_FILE, arguments, context);
        return name == null ? null : InputFile.path(source(ServeFlag.MASTER_KEY_FILE, arguments), name);
    }

    private static int keySize(Arguments arguments, CliContext context) {
        String text = String.valueOf(chosen(ServeFlag.KEY_SIZE, arguments, context));
        int bits = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (!ServeSettings.isKeySize(bits)) {
            throw ServiceException.invalid(source(ServeFlag.KEY_SIZE, arguments), ServeSettings.KEY_SIZE_RULE);
        }
        return bits;
    }

    private static String source(ServeFlag flag, Arguments arguments) {
        return flag.source(arguments.value(flag.flag()).orElse(null));
    }

    private static @Nullable String chosen(ServeFlag flag, Arguments arguments, CliContext context) {
        return flag.choose(arguments.value(flag.flag()).orElse(null), context.env());
    }
}
