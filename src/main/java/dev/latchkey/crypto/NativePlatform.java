package dev.latchkey.crypto;

import java.util.Locale;
import java.util.Optional;

/** The platforms that the Corretto provider has a native library for, by the name its artifacts carry. */
final class NativePlatform {
    private NativePlatform() {}

    /** {@code linux-x86_64}, {@code linux-aarch_64} or {@code osx-aarch_64}; empty on every other platform. */
    static Optional<String> current() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        boolean intel = arch.equals("amd64") || arch.equals("x86_64");
        if (os.startsWith("linux") && (arm || intel)) {
            return Optional.of(arm ? "linux-aarch_64" : "linux-x86_64");
        }
        return os.startsWith("mac") && arm ? Optional.of("osx-aarch_64") : Optional.empty();
    }
}
