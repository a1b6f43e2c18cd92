package dev.latchkey.bench;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;

/** What the processors can sign at the most: RSA-2048 signatures a second by openssl on all of them. */
final class OpenSsl {
    private OpenSsl() {}

    static OptionalDouble signaturesPerSecond(int seconds) throws IOException {
        if (!Tool.isInstalled("openssl")) {
            return OptionalDouble.empty();
        }
        String cores = String.valueOf(Runtime.getRuntime().availableProcessors());
        String out =
                Tool.run(Map.of(), "openssl", "speed", "-seconds", String.valueOf(seconds), "-multi", cores, "rsa2048");
        for (String line : out.lines().toList()) {
            if (line.startsWith("rsa 2048 bits")) {
                String[] words = line.trim().split("\\s+", -1);
                return OptionalDouble.of(Double.parseDouble(words[words.length - 2]));
            }
        }
        return OptionalDouble.empty();
    }
}
