package dev.latchkey.dev;

import dev.latchkey.config.StandInSettings;
import dev.latchkey.user.FirstOwner;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a stand-in says when it is ready: how to get the first token, and who may sign in. */
final class Welcome {
    private Welcome() {}

    /**
     * Prints it. A secret or password is shown only where it is the well-known default: one that was chosen is known
     * to those who chose it, and the notices may be kept.
     *
     * @param readyKey whether the key of that id is the stand-in's own
     */
    static void print(
            PrintStream notices,
            String url,
            StandInSettings standIn,
            boolean readyKey,
            @Nullable String ownerPassword) {
        lines(url, standIn, readyKey, ownerPassword).forEach(notices::println);
    }

    private static List<String> lines(
            String url, StandInSettings standIn, boolean readyKey, @Nullable String ownerPassword) {
        String id = standIn.keyId();
        List<String> lines = new ArrayList<>();
        lines.add("This is a stand-in for development: its tokens prove nothing to other services.");
        if (readyKey) {
            boolean known = standIn.keySecret().equals(StandInSettings.STANDARD_KEY_SECRET);
            String credentials = known
                    ? id + ":" + standIn.keySecret()
                    : "\"" + id + ":$" + StandInSettings.KEY_SECRET_VARIABLE + "\"";
            lines.add("The key " + id + (known ? " with the secret " + standIn.keySecret() : "")
                    + " may have any scope and any audience:");
            lines.add("  curl -u " + credentials + " -d grant_type=client_credentials -d scope=anything " + url
                    + "/connect/token");
        } else {
            lines.add("The key " + id + " is that of the seed.");
        }
        if (StandInSettings.OWNER_PASSWORD.equals(ownerPassword)) {
            lines.add("The Owner " + FirstOwner.NAME + " signs in with " + ownerPassword
                    + ", unless the store has another password.");
        }
        return lines;
    }
}
