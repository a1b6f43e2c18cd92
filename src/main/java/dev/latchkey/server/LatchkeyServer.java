package dev.latchkey.server;

import dev.latchkey.config.ServeSettings;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.io.PrintStream;
import java.time.Clock;

/** A running service. Holds the place of the real one: it has the signatures and always refuses to start. */
public final class LatchkeyServer implements AutoCloseable {
    private final String url;
    private final String issuer;

    private LatchkeyServer(String url, String issuer) {
        this.url = url;
        this.issuer = issuer;
    }

    public static LatchkeyServer start(ServeSettings settings, Clock clock, PrintStream notices) {
        if (settings.port() >= 0) {
            throw LatchkeyException.of(ErrorKind.MISCONFIGURED, "The server is not part of this build.");
        }
        notices.println(clock.instant());
        return new LatchkeyServer("", "");
    }

    public String url() {
        return url;
    }

    public String issuer() {
        return issuer;
    }

    @Override
    public void close() {}
}
