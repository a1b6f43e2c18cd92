package dev.latchkey.crypto;

import dev.latchkey.file.ExecutableFolder;
import dev.latchkey.log.LogEvent;
import java.nio.file.Path;
import java.security.Provider;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Corretto crypto provider, loaded once per process on a thread of its own: unpacking and linking its library takes
 * a few hundred milliseconds that nothing else should wait for. Thread-safe.
 */
public final class CorrettoProvider {
    private static final Logger LOG = LoggerFactory.getLogger(CorrettoProvider.class);
    private static final String CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    /** Set by who starts the program: the provider's library is a file in {@code java.library.path} already. */
    private static final String EXTERNAL_LIBRARY = "com.amazon.corretto.crypto.provider.useExternalLib";

    /** Where the provider writes its library to, which is the Java platform's temporary folder without. */
    private static final String FOLDER = "com.amazon.corretto.crypto.provider.tmpdir";

    /** It has 9.6 MB. */
    private static final long LIBRARY_BYTES = 10 * 1024 * 1024;

    /** Where libraries can be loaded from if the temporary folder does not do; null = nowhere else. */
    private static volatile @Nullable Path otherFolder;

    private static final CompletableFuture<Optional<Provider>> LOADED = new CompletableFuture<>();
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    /** Completes when the log may be told what came of it. */
    private static final CompletableFuture<@Nullable Void> REPORTED = new CompletableFuture<>();

    private CorrettoProvider() {}

    /** Completes with the provider, or with nothing where it cannot be loaded, some time after {@link #begin}. */
    public static CompletableFuture<Optional<Provider>> whenLoaded() {
        return LOADED;
    }

    /** Begins to load, and answers what {@link #whenLoaded} does. */
    public static CompletableFuture<Optional<Provider>> load() {
        begin();
        return LOADED;
    }

    /** Offers a folder for the library, which is removed there as soon as it is loaded. Of use before {@link #begin}. */
    public static void offer(Path folder) {
        otherFolder = folder;
    }

    /** Begins to load, unless that was done already, and tells the log what comes of it. */
    public static void begin() {
        beginUnreported();
        REPORTED.complete(null);
    }

    /**
     * Begins to load, unless that was done already; the log is told from {@link #begin} on. For a start that may still fail
     * for the same reason, which is then told once.
     */
    public static void beginUnreported() {
        if (BEGUN.compareAndSet(false, true)) {
            Thread thread = new Thread(() -> LOADED.complete(tryLoad()), "latchkey-crypto-loader");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static Optional<Provider> tryLoad() {
        Optional<String> platform = platform();
        if (platform.isEmpty()) {
            report(() -> LogEvent.SIGNER_CHOSEN
                    .info(LOG)
                    .log("Tokens are signed by the JDK: the native signer has no library for this platform"));
            return Optional.empty();
        }
        try {
            Provider provider = instantiate(platform.get());
            report(() -> LogEvent.SIGNER_CHOSEN
                    .info(LOG)
                    .log("Tokens are signed by AWS-LC ({} {})", provider.getName(), provider.getVersionStr()));
            return Optional.of(provider);
        } catch (ReflectiveOperationException | LinkageError | IllegalStateException e) {
            report(() -> LogEvent.SIGNER_CHOSEN
                    .warn(LOG)
                    .log(
                            "Tokens are signed by the JDK, about four times slower: the native signer did not load ({})",
                            rootMessage(e)));
            return Optional.empty();
        }
    }

    /** The platforms with a native library, by the name that its artifacts carry; empty on every other one. */
    private static Optional<String> platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        boolean intel = arch.equals("amd64") || arch.equals("x86_64");
        if (os.startsWith("linux") && (arm || intel)) {
            return Optional.of(arm ? "linux-aarch_64" : "linux-x86_64");
        }
        return os.startsWith("mac") && arm ? Optional.of("osx-aarch_64") : Optional.empty();
    }

    private static void report(Runnable line) {
        var unused = REPORTED.thenRun(line);
    }

    private static Provider instantiate(String platform) throws ReflectiveOperationException {
        ClassLoader own = CorrettoProvider.class.getClassLoader();
        if (Boolean.getBoolean(EXTERNAL_LIBRARY)) {
            try {
                return instantiate(own);
            } catch (ReflectiveOperationException | LinkageError | IllegalStateException e) {
                LogEvent.SIGNER_CHOSEN
                        .warn(LOG)
                        .log(
                                "The native signer is taken from the jar: its library file does not load ({})",
                                rootMessage(e));
                // The provider's classes read it again when another loader has them.
                System.clearProperty(EXTERNAL_LIBRARY);
            }
        }
        chooseFolder();
        return instantiate(new CorrettoClassLoader(own, platform));
    }

    /** The provider's classes read the property when they are loaded. */
    private static void chooseFolder() {
        if (System.getProperty(FOLDER) != null) {
            return;
        }
        Path standard = Path.of(System.getProperty("java.io.tmpdir", ""));
        Path other = otherFolder;
        Path chosen = ExecutableFolder.firstOf(
                        other == null ? List.of(standard) : List.of(standard, other), LIBRARY_BYTES)
                .orElseThrow(() -> new IllegalStateException("no file that can be executed can be made in " + standard
                        + "; name a folder that allows it with -Djava.io.tmpdir=FOLDER"));
        if (!chosen.equals(standard)) {
            System.setProperty(FOLDER, chosen.toString());
        }
    }

    private static Provider instantiate(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> type = Class.forName(CLASS, true, loader);
        // The one that its class makes in any case.
        Provider provider = (Provider) type.getField("INSTANCE").get(null);
        @Nullable
        Throwable failure = (Throwable) type.getMethod("getLoadingError").invoke(provider);
        if (failure != null) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
        return provider;
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
