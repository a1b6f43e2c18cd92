package dev.latchkey.http.exchange;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What answers {@code GET} and {@code HEAD} with a {@link Document}. Thread-safe. */
@FunctionalInterface
public interface DocumentEndpoint {
    /**
     * The document, as soon as there is one. May take a moment of the calling thread, but must not wait for the store.
     *
     * @param path the path asked for, decoded
     * @throws HttpRefusal 404 when there is none at this path
     */
    CompletableFuture<Document> document(String path);

    /**
     * The same in the form that the client prefers, where there is more than one.
     *
     * @param accept the values of {@code Accept} (RFC 9110 §12.5.1)
     */
    default CompletableFuture<Document> document(String path, List<String> accept) {
        return document(path);
    }

    /**
     * The same where there is one for each host.
     *
     * @param host what {@code Host} says; empty where it says nothing
     */
    default CompletableFuture<Document> document(String path, List<String> accept, String host) {
        return document(path, accept);
    }
}
