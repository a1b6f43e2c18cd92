package dev.latchkey.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What the processors can sign at the most: RSA-2048 signatures a second by openssl on all of them. */
final class OpenSsl {
    private OpenSsl() {}

    /** Not a number where there is no openssl. */
    static double signaturesPerSecond(int seconds) throws IOException {
        if (!Tool.isInstalled("openssl")) {
            return Double.NaN;
        }
        String cores = String.valueOf(Runtime.getRuntime().availableProcessors());
        String out = Tool.run(
                Map.of(), List.of("openssl", "speed", "-seconds", String.valueOf(seconds), "-multi", cores, "rsa2048"));
        for (String line : out.lines().toList()) {
            if (line.startsWith("rsa 2048 bits")) {
                String[] words = line.trim().split("\\s+", -1);
                return Double.parseDouble(words[words.length - 2]);
            }
        }
        return Double.NaN;
    }
}
