package dev.latchkey.http.log;

import dev.latchkey.log.LogField;
import dev.latchkey.permission.Actor;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A request as the log names it. All but the id is found out when it is asked for: most requests have no line. Thread-safe.
 */
public interface LoggedRequest {
    /** The request attribute that holds it. */
    String ATTRIBUTE = "dev.latchkey.request";

    /** Ties the answer to its line. */
    String id();

    String method();

    /** The path as it was sent, which calls for one form of errors. */
    String path();

    /** The pattern of the route at the path. */
    String route();

    /** The client's address, which is not that of a proxy in front. */
    String remote();

    /** Milliseconds since the first byte came. */
    long millis();

    /** The trace that the request is a part of; empty where it says none. */
    Optional<String> traceId();

    /** Notes who asks, once that is known. */
    void askedBy(Actor actor);

    /** Who asks; empty as long as that is not known. */
    Optional<Actor> asker();

    /** Whether one more line about a malformed request may be written now; where not, it is counted. */
    boolean takeLine();

    /** The request that an attribute holds. */
    static LoggedRequest of(@Nullable Object attribute) {
        if (attribute instanceof LoggedRequest request) {
            return request;
        }
        throw new IllegalStateException("the request has no id");
    }

    /** The user or the key that asks, to follow a sentence of the log; empty as long as that is not known. */
    default String askerInWords() {
        return asker().map(actor -> " (" + actor.kind().name().toLowerCase(Locale.ROOT) + " " + actor.name() + ")")
                .orElse("");
    }

    /**
     * Writes a line about the request and its answer.
     *
     * @param line begun
     * @param outcome the code of the error, or another fixed word
     * @param keyId the access key that asks, as its token or its proof says; empty = as {@link #asker} says, if that is one
     * @param reason what the line says; text that a client chose must be fit for it
     */
    default void tell(LoggingEventBuilder line, int status, String outcome, Optional<String> keyId, String reason) {
        LoggingEventBuilder told = line.addKeyValue(LogField.REQUEST_ID.key(), id())
                .addKeyValue(LogField.METHOD.key(), method())
                .addKeyValue(LogField.ROUTE.key(), route())
                .addKeyValue(LogField.STATUS.key(), status)
                .addKeyValue(LogField.MS.key(), millis())
                .addKeyValue(LogField.REMOTE.key(), remote());
        Optional<String> trace = traceId();
        if (trace.isPresent()) {
            told = told.addKeyValue(LogField.TRACE_ID.key(), trace.get());
        }
        Optional<String> key = keyId.or(
                () -> asker().filter(actor -> actor.kind() == Actor.Kind.KEY).map(Actor::name));
        if (key.isPresent()) {
            told = told.addKeyValue(LogField.KEY_ID.key(), key.get());
        }
        told.addKeyValue(LogField.OUTCOME.key(), outcome)
                .addKeyValue(LogField.REASON.key(), reason)
                .log("{}: {}", outcome, reason);
    }
}
