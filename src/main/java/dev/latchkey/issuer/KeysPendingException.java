package dev.latchkey.issuer;

import java.util.concurrent.CompletableFuture;

/**
 * A token cannot be judged before a JWK Set has come. The caller asks again when it has, and holds no thread until then.
 */
public final class KeysPendingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CompletableFuture<Void> arrival;

    KeysPendingException(CompletableFuture<Void> arrival) {
        super("a JWK Set is being fetched", null, false, false);
        this.arrival = arrival;
    }

    /** Completes, and never exceptionally, when the set has come or cannot be had. */
    public CompletableFuture<Void> arrival() {
        return arrival;
    }
}
