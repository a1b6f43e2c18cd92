package dev.latchkey;

import dev.latchkey.audit.AuditListener;
import dev.latchkey.http.exchange.HttpListener;
import dev.latchkey.log.LogEvent;
import dev.latchkey.server.Listeners;
import dev.latchkey.sql.database.OutageListener;
import dev.latchkey.token.TokenListener;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program's listeners as the service's own. */
final class ListenerAdapters {
    private static final Logger LOG = LoggerFactory.getLogger(Latchkey.class);

    private ListenerAdapters() {}

    static Listeners listeners(Latchkey.@Nullable AuditListener audit, Latchkey.@Nullable MetricsListener metrics) {
        AuditListener audited = audit == null ? AuditListener.NONE : audited(audit);
        if (metrics == null) {
            return new Listeners(TokenListener.NONE, HttpListener.NONE, OutageListener.NONE, audited);
        }
        Measured measured = new Measured(metrics);
        return new Listeners(measured, measured, measured, audited);
    }

    private static AuditListener audited(Latchkey.AuditListener listener) {
        return event -> {
            try {
                listener.changed(new Latchkey.AuditEvent(
                        event.at(),
                        event.actor().label(),
                        event.actor().from(),
                        event.action(),
                        event.subject(),
                        event.subjectName(),
                        Optional.ofNullable(event.before()),
                        Optional.ofNullable(event.after())));
            } catch (RuntimeException e) {
                LogEvent.LISTENER_FAILED
                        .error(LOG)
                        .setCause(e)
                        .log("The audit listener failed at {}, which is stored all the same", event.action());
            }
        };
    }

    private record Measured(Latchkey.MetricsListener listener) implements TokenListener, HttpListener, OutageListener {
        @Override
        public void tokenRequested(String outcome, long nanos) {
            listener.tokenRequested(outcome, Duration.ofNanos(nanos));
        }

        @Override
        public void introspected(boolean active) {
            listener.introspected(active);
        }

        @Override
        public void verified(String outcome) {
            listener.verified(outcome);
        }

        @Override
        public void answered(String route, int status, long nanos) {
            listener.answered(route, status, Duration.ofNanos(nanos));
        }

        @Override
        public void shed(HttpListener.Shed reason) {
            listener.shed(reason.label());
        }

        @Override
        public void began(String reason) {
            listener.storeUp(false);
        }

        @Override
        public void ended(String store) {
            listener.storeUp(true);
        }
    }
}
