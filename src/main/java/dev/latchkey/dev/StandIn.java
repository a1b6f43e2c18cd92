package dev.latchkey.dev;

import dev.latchkey.config.ServeSettings;
import dev.latchkey.server.LatchkeyServer;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

/** Starts a service as a stand-in for an identity provider. */
public final class StandIn {
    private StandIn() {}

    /**
     * As {@link LatchkeyServer#start}, with what a stand-in adds.
     *
     * @param keyId the id of the key that is ready
     * @param keySecret its secret
     * @param hosts names of the service beside the issuer's host and those that have no dot
     */
    public static LatchkeyServer start(
            ServeSettings settings,
            String keyId,
            String keySecret,
            List<String> hosts,
            Clock real,
            PrintStream notices,
            Runnable aboutToAnswer) {
        DevClock clock = new DevClock(real);
        DevExtension extension = new DevExtension(new DevKey(keyId, keySecret), hosts, clock);
        return LatchkeyServer.start(settings, clock, notices, aboutToAnswer, extension);
    }
}
