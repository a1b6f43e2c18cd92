package dev.latchkey.http.exchange;

import java.util.Locale;

/**
 * Is told what the service answers and what it turns away. Nothing that it is given holds what a client sent. Thread-safe;
 * must return at once, because the thread that answers calls it, and must not throw.
 */
public interface HttpListener {
    /** One that does not listen; nothing is measured for it. */
    HttpListener NONE = new HttpListener() {};

    /** The route of a request whose path is not there, or that is no well-formed HTTP. */
    String NO_ROUTE = "none";

    /** Why something is turned away because there is too much of it. */
    enum Shed {
        /** As many requests wait as may. */
        QUEUE_FULL,
        /** The request has waited for too long. */
        QUEUED_TOO_LONG,
        /** The service is about to end. */
        STOPPING,
        /** As many large bodies are taken apart as may. */
        LARGE_BODIES,
        /** As many connections are open as may; what is turned away is a connection. */
        CONNECTIONS;

        /** The name in lower case, as metrics write it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A request was answered, by whichever part of the service.
     *
     * @param route the pattern of its path, such as {@code /api/keys/{id}}, or {@link #NO_ROUTE}
     * @param status the status (RFC 9110 §15)
     * @param nanos since its first byte came
     */
    default void answered(String route, int status, long nanos) {}

    /** Something was turned away; told once for each. A request is told to {@link #answered}, too. */
    default void shed(Shed reason) {}
}
