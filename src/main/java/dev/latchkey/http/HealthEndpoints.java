package dev.latchkey.http;

import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.Document;
import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.json.ObjectBytes;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** What a supervisor asks: does the process live, and can it issue tokens. */
final class HealthEndpoints {
    private static final Document LIVE = document(200, "live");
    private static final Document READY = document(200, "ready");
    private static final Document NOT_READY = document(503, "the store cannot be read");

    private HealthEndpoints() {}

    static DocumentEndpoint live() {
        return path -> CompletableFuture.completedFuture(LIVE);
    }

    static DocumentEndpoint ready(BooleanSupplier storeReadable) {
        return path -> CompletableFuture.completedFuture(storeReadable.getAsBoolean() ? READY : NOT_READY);
    }

    private static Document document(int status, String text) {
        byte[] json = new ObjectBytes(64).field("status", text).end();
        return Document.of(status, "application/json", json, new Header("Cache-Control", "no-store"));
    }
}
