package dev.latchkey.dev.faults;

import dev.latchkey.dev.requests.SentRequest;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Optional;

/**
 * The faults that are still to happen, in the order in which they were asked for, and the connections that they hold.
 * Thread-safe.
 */
public final class Faults {
    private static final int MOST = 1_000;

    private final List<Fault> queue = new ArrayList<>();
    private final HeldConnections held = new HeldConnections();

    /**
     * Adds one behind the others; one without {@linkplain Fault#problems problems}.
     *
     * @throws ServiceException of kind CONFLICT when there are too many
     */
    public synchronized void add(Fault fault) {
        if (queue.size() == MOST) {
            throw ServiceException.of(
                    ErrorKind.CONFLICT, "There are " + MOST + " faults already; clear them: DELETE /dev/faults.");
        }
        queue.add(fault);
    }

    /** Those that are left. */
    synchronized List<Fault> left() {
        return List.copyOf(queue);
    }

    /** Drops those that are left, and ends the connections that get no answer. */
    public void clear() {
        synchronized (this) {
            queue.clear();
        }
        held.release();
    }

    /** The service stops: ends the connections that get no answer, and answers the requests that are delayed. */
    public void stop() {
        held.stop();
    }

    HeldConnections held() {
        return held;
    }

    /** The fault that hits a request: the first that matches and has let enough through. */
    synchronized Optional<Fault> next(SentRequest request) {
        ListIterator<Fault> faults = queue.listIterator();
        while (faults.hasNext()) {
            Fault fault = faults.next();
            if (!fault.matches(request)) {
                continue;
            }
            Fault.Hits hits = fault.hits();
            if (hits.after() > 0) {
                faults.set(fault.left(hits.after() - 1, hits.times()));
                continue;
            }
            if (hits.times() == 1) {
                faults.remove();
            } else if (hits.times() != Fault.ALWAYS) {
                faults.set(fault.left(0, hits.times() - 1));
            }
            return Optional.of(fault);
        }
        return Optional.empty();
    }
}
