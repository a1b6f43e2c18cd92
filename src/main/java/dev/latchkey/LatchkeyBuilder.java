package dev.latchkey;

import dev.latchkey.LatchkeyException.Reason;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.config.StandInSettings;
import dev.latchkey.dev.StandIn;
import dev.latchkey.dev.StandInAccess;
import dev.latchkey.error.ServiceException;
import dev.latchkey.server.Embedding;
import dev.latchkey.server.LatchkeyServer;
import dev.latchkey.server.ServiceExtension;
import dev.latchkey.signingkey.KeyPairs;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects the settings under the names of the flags of {@code serve}, so that both are checked by the same rules. */
final class LatchkeyBuilder implements Latchkey.Builder, StandInAccess.Options {
    private final Map<ServeFlag, String> flags = new EnumMap<>(ServeFlag.class);
    private final Map<String, String> variables = new HashMap<>();
    private Store store = Store.memory();
    private Clock clock = Clock.systemUTC();
    private Latchkey.@Nullable AuditListener auditListener;
    private Latchkey.@Nullable MetricsListener metricsListener;
    private @Nullable KeyPair signingKey;
    private UnaryOperator<KeyPairs> keyPairs = UnaryOperator.identity();

    LatchkeyBuilder() {
        flags.put(ServeFlag.PORT, "0");
    }

    @Override
    public Latchkey.Builder host(String host) {
        return set(ServeFlag.HOST, host);
    }

    @Override
    public Latchkey.Builder port(int port) {
        return set(ServeFlag.PORT, String.valueOf(port));
    }

    @Override
    public Latchkey.Builder store(Store wanted) {
        store = Objects.requireNonNull(wanted, "store");
        return this;
    }

    @Override
    public Latchkey.Builder issuer(String issuer) {
        return set(ServeFlag.ISSUER, issuer);
    }

    @Override
    public Latchkey.Builder audience(String audience) {
        return set(ServeFlag.AUDIENCE, audience);
    }

    @Override
    public Latchkey.Builder tokenLifetime(Duration lifetime) {
        return set(ServeFlag.TOKEN_LIFETIME, lifetime.toString());
    }

    @Override
    public Latchkey.Builder clock(Clock wanted) {
        clock = Objects.requireNonNull(wanted, "clock");
        return this;
    }

    @Override
    public Latchkey.Builder seed(Path file) {
        return set(ServeFlag.SEED, absolute(file));
    }

    @Override
    public Latchkey.Builder seed(String json) {
        if (!json.stripLeading().startsWith("{")) {
            throw new LatchkeyException(
                    Reason.BAD_SETTING, "seed must be a JSON object; a file is given as a Path.", null);
        }
        return set(ServeFlag.SEED, json);
    }

    @Override
    public Latchkey.Builder signingKey(Path file) {
        signingKey = null;
        return set(ServeFlag.SIGNING_KEY_FILE, absolute(file));
    }

    @Override
    public Latchkey.Builder signingKey(KeyPair pair) {
        signingKey = Objects.requireNonNull(pair, "pair");
        flags.remove(ServeFlag.SIGNING_KEY_FILE);
        return this;
    }

    @Override
    public Latchkey.Builder masterKey(Path file) {
        return set(ServeFlag.MASTER_KEY_FILE, absolute(file));
    }

    @Override
    public Latchkey.Builder ownerPassword(String password) {
        variables.put(ServeSettings.OWNER_PASSWORD_VARIABLE, Objects.requireNonNull(password, "password"));
        return this;
    }

    @Override
    public Latchkey.Builder dashboard(boolean there) {
        return set(ServeFlag.NO_DASHBOARD, String.valueOf(!there));
    }

    @Override
    public Latchkey.Builder dev(boolean standIn) {
        return set(ServeFlag.DEV, String.valueOf(standIn));
    }

    @Override
    public Latchkey.Builder auditListener(Latchkey.AuditListener listener) {
        auditListener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    @Override
    public Latchkey.Builder metricsListener(Latchkey.MetricsListener listener) {
        metricsListener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    @Override
    public void standIn(Map<ServeFlag, String> more, UnaryOperator<KeyPairs> inFront) {
        flags.put(ServeFlag.DEV, "true");
        flags.putAll(more);
        keyPairs = inFront;
    }

    @Override
    public Latchkey start() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        boolean makesOwner = variables.containsKey(ServeSettings.OWNER_PASSWORD_VARIABLE);
        Embedding embedding = Embedding.inside(
                store.dataSource(),
                signingKey,
                makesOwner,
                ListenerAdapters.listeners(auditListener, metricsListener),
                keyPairs);
        try {
            Map<ServeFlag, String> all = new EnumMap<>(flags);
            all.put(ServeFlag.DB, store.db());
            ServeSettings settings = ServeSettings.read(all, variables);
            StandInSettings standIn = settings.standIn();
            if (standIn != null) {
                StandIn started = StandIn.start(settings, standIn, clock, nowhere, () -> {}, embedding);
                return new EmbeddedLatchkey(started.server(), started.controls());
            }
            return new EmbeddedLatchkey(
                    LatchkeyServer.start(settings, clock, nowhere, () -> {}, ServiceExtension.NONE, embedding), null);
        } catch (ServiceException e) {
            throw Failures.ofStart(e);
        }
    }

    private Latchkey.Builder set(ServeFlag flag, String value) {
        flags.put(flag, Objects.requireNonNull(value, "value"));
        return this;
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }
}
