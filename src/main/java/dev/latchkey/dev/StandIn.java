package dev.latchkey.dev;

import dev.latchkey.config.ServeSettings;
import dev.latchkey.config.StandInSettings;
import dev.latchkey.server.Embedding;
import dev.latchkey.server.LatchkeyServer;
import java.io.PrintStream;
import java.time.Clock;

/**
 * A service that runs as a stand-in for an identity provider.
 *
 * @param server the service
 * @param controls what is in the caller's hand
 */
public record StandIn(LatchkeyServer server, StandInControls controls) {

    /**
     * As {@link LatchkeyServer#start}, with what a stand-in adds.
     *
     * @param settings those of the service
     * @param standIn those of the stand-in
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
        Welcome.print(notices, url, standIn, extension.hasReadyKey(), settings.ownerPassword());
        return new StandIn(server, extension.controls());
    }
}
