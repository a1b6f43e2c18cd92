package dev.latchkey.dev;

import dev.latchkey.config.ServeSettings;
import dev.latchkey.config.StandInSettings;
import dev.latchkey.server.Embedding;
import dev.latchkey.server.LatchkeyServer;
import dev.latchkey.user.FirstOwner;
import java.io.PrintStream;
import java.time.Clock;

/** A service that runs as a stand-in for an identity provider, and what is in its caller's hand. */
public record StandIn(LatchkeyServer server, StandInControls controls) {

    /**
     * As {@link LatchkeyServer#start}, with what a stand-in adds.
     *
     * @param notices where it says what is ready, and how to ask for the first token
     */
    public static StandIn start(
            ServeSettings settings, StandInSettings standIn, Clock real, PrintStream notices, Runnable aboutToAnswer) {
        return start(settings, standIn, real, notices, aboutToAnswer, Embedding.NONE);
    }

    /** As above, inside another program. */
    public static StandIn start(
            ServeSettings settings,
            StandInSettings standIn,
            Clock real,
            PrintStream notices,
            Runnable aboutToAnswer,
            Embedding embedding) {
        DevClock clock = new DevClock(real);
        DevExtension extension = new DevExtension(settings, standIn, clock);
        LatchkeyServer server = LatchkeyServer.start(settings, clock, notices, aboutToAnswer, extension, embedding);
        String url = settings.issuer() == null ? server.issuer() : server.url();
        notices.println("This is a stand-in for development: its tokens prove nothing to other services.");
        if (extension.hasReadyKey()) {
            tellKey(notices, url, standIn);
        } else {
            notices.println("The key " + standIn.keyId() + " is that of the seed.");
        }
        if (StandInSettings.OWNER_PASSWORD.equals(settings.ownerPassword())) {
            notices.println("The Owner " + FirstOwner.NAME + " signs in with " + settings.ownerPassword()
                    + ", unless the store has another password.");
        }
        return new StandIn(server, extension.controls());
    }

    /** The secret is shown only where it is the well-known default: the notices may be kept. */
    private static void tellKey(PrintStream notices, String url, StandInSettings standIn) {
        String id = standIn.keyId();
        String secret = standIn.keySecret();
        boolean known = secret.equals(StandInSettings.STANDARD_KEY_SECRET);
        String credentials = known ? id + ":" + secret : "\"" + id + ":$" + StandInSettings.KEY_SECRET_VARIABLE + "\"";
        notices.println("The key " + id + (known ? " with the secret " + secret : "")
                + " may have any scope and any audience:");
        notices.println("  curl -u " + credentials + " -d grant_type=client_credentials -d scope=anything " + url
                + "/connect/token");
    }
}
