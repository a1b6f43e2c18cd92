package dev.latchkey.cli.command;

import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.config.SigningKeyFlags;
import dev.latchkey.error.ServiceException;
import dev.latchkey.server.Services;
import dev.latchkey.signingkey.RotationMode;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeyJson;
import dev.latchkey.signingkey.SigningKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands on signing keys, and how they come to the master key. */
final class SigningKeyCommands {
    private static final String NEW = "--new-master-key-file";
    private static final String NOW = "--now";
    private static final String COMPROMISED = "--compromised";

    /** How often, and how far apart, a store is looked at whose next key is still being made: 10 s. */
    private static final int LOOKS = 50;

    private static final long PAUSE_MILLIS = 200;

    private SigningKeyCommands() {}

    /** {@code signing-keys list}: the keys that the JWK Set has. The master key may be named, and is not needed. */
    static Command list() {
        return Command.of(
                syntax -> syntax.flags(ServeFlag.MASTER_KEY_FILE).store().json().example("latchkey signing-keys list"),
                run -> {
                    try (Services services = run.store()) {
                        return print(open(services, run).list(Invocation.operator()), run);
                    }
                });
    }

    /** {@code signing-keys rotate}: lets the next key sign. Running services follow within seconds. */
    static Command rotate() {
        return Command.of(
                syntax -> syntax.flag(NOW, "Do not wait until every verifier must have seen the next key.")
                        .flag(COMPROMISED, "Now, and drop the old key: the tokens that it signed stop verifying.")
                        .flags(ServeFlag.MASTER_KEY_FILE, ServeFlag.KEY_SIZE, ServeFlag.SIGNING_ALGORITHM)
                        .store()
                        .json()
                        .example("latchkey signing-keys rotate")
                        .example("latchkey signing-keys rotate --compromised"),
                SigningKeyCommands::rotate);
    }

    private static int rotate(Invocation run) throws InterruptedException {
        RotationMode otherwise = run.has(NOW) ? RotationMode.NOW : RotationMode.WHEN_KNOWN;
        RotationMode mode = run.has(COMPROMISED) ? RotationMode.COMPROMISED : otherwise;
        try (Services services = run.store()) {
            SigningKeys signingKeys = open(services, run);
            List<SigningKey> before = awaitNext(signingKeys);
            List<SigningKey> after = signingKeys.rotate(Invocation.operator(), mode);
            print(after, run);
            if (mode == RotationMode.COMPROMISED) {
                run.tell("The key " + before.get(0).kid() + " is dropped: the tokens that it signed no longer verify. "
                        + "A verifier may hold it for five minutes more.");
            }
            Instant from = after.get(0).activatedAt();
            if (from != null && from.isAfter(run.now())) {
                run.tell("The new key signs from " + from + " on: until then not every service shows it.");
            }
        }
        return ExitCodes.DONE;
    }

    /** The keys, once there is a next one: a service that starts for the first time makes it a moment after it is ready. */
    private static List<SigningKey> awaitNext(SigningKeys signingKeys) throws InterruptedException {
        List<SigningKey> keys = signingKeys.list(Invocation.operator());
        for (int i = 0; i < LOOKS && isWithoutNext(keys); i++) {
            Thread.sleep(PAUSE_MILLIS);
            keys = signingKeys.list(Invocation.operator());
        }
        return keys;
    }

    private static boolean isWithoutNext(List<SigningKey> keys) {
        return !keys.isEmpty() && keys.stream().noneMatch(key -> key.state() == SigningKey.State.NEXT);
    }

    /** {@code signing-keys import}: a private key from elsewhere becomes the next one. */
    static Command importKey() {
        return Command.of(
                syntax -> syntax.words("FILE", 1, 1)
                        .flags(ServeFlag.MASTER_KEY_FILE, ServeFlag.KEY_SIZE)
                        .store()
                        .json()
                        .example("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out key.pem")
                        .example("latchkey signing-keys import key.pem"),
                run -> {
                    try (Services services = run.storeOrNew()) {
                        Path file = InputFile.path("FILE", run.word());
                        return print(open(services, run).importKey(Invocation.operator(), file), run);
                    }
                });
    }

    /** {@code signing-keys rekey}: encrypts the private keys in the store with another master key. */
    static Command rekey() {
        return Command.of(
                syntax -> syntax.flags(ServeFlag.MASTER_KEY_FILE)
                        .value(NEW, "FILE", "The master key from now on: 32 random bytes in base64.")
                        .store()
                        .example("(umask 077; openssl rand -base64 32 > new)")
                        .example("latchkey signing-keys rekey --master-key-file old --new-master-key-file new"),
                run -> {
                    String name = run.required(NEW, "name the file of the new master key");
                    Path file = InputFile.path(NEW, name);
                    try (Services services = run.store()) {
                        open(services, run).changeMasterKey(Invocation.operator(), Services.seal(file));
                        return run.print("The private signing keys are encrypted with the master key in " + name
                                + "; start each service again with --master-key-file " + name);
                    }
                });
    }

    private static int print(List<SigningKey> keys, Invocation run) {
        return run.list(
                keys,
                SigningKeyJson::of,
                "There is no signing key yet; the service makes two when it first starts.",
                new Table<SigningKey>()
                        .column("KID", SigningKey::kid)
                        .column("STATE", key -> key.state().publicName())
                        .column("BITS", key -> Integer.toString(key.jwk().bits()))
                        .column("SINCE", key -> since(key).toString())
                        // A column more would not fit beside a whole kid and a whole time.
                        .under(key -> List.of(key.jwk().algorithm().publicName()
                                + (key.publishedUntil() == null ? "" : ", published until " + key.publishedUntil()))));
    }

    /** Since when it is in its state. */
    private static Instant since(SigningKey key) {
        Instant changed = key.retiredAt() == null ? key.activatedAt() : key.retiredAt();
        return changed == null ? key.publishedAt() : changed;
    }

    /** The signing keys of a store, with the master key and the kind and size of new keys that were given. */
    private static SigningKeys open(Services services, Invocation run) {
        SigningAlgorithm algorithm = SigningKeyFlags.algorithm(
                run.value(ServeFlag.SIGNING_ALGORITHM.flag()).orElse(null),
                run.value(ServeFlag.KEY_SIZE.flag()).orElse(null),
                run.context().env());
        String size = String.valueOf(run.choose(ServeFlag.KEY_SIZE));
        int bits = size.matches("[0-9]{1,5}") ? Integer.parseInt(size) : 0;
        if (!ServeSettings.isKeySize(bits)) {
            throw ServiceException.invalid(run.source(ServeFlag.KEY_SIZE), ServeSettings.KEY_SIZE_RULE);
        }
        return services.signingKeys(masterKeyFile(run), algorithm, bits);
    }

    /** The file of the master key; null = none is named. */
    static @Nullable Path masterKeyFile(Invocation run) {
        String name = run.choose(ServeFlag.MASTER_KEY_FILE);
        return name == null ? null : InputFile.path(run.source(ServeFlag.MASTER_KEY_FILE), name);
    }
}
