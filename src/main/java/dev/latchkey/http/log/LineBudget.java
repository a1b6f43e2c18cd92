package dev.latchkey.http.log;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many lines about malformed requests there may be, which any client can send at no cost: {@value #LINES} between two
 * calls of {@link #renew}, which comes once a second. Thread-safe.
 */
public final class LineBudget {
    public static final int LINES = 20;

    private final AtomicLong asked = new AtomicLong();

    /** Whether one more line may be written; where not, it is counted. */
    public boolean take() {
        return asked.incrementAndGet() <= LINES;
    }

    /** Begins anew; returns how many lines were left out. */
    public long renew() {
        return Math.max(0, asked.getAndSet(0) - LINES);
    }
}
