package dev.latchkey.http.api;

import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.Document;
import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.ObjectBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /openapi.json}: what programs can do here (OpenAPI 3.1). The document is written by hand; only where the
 * service stands is filled in. Thread-safe.
 */
public final class OpenApiEndpoint implements DocumentEndpoint {
    private static final String RESOURCE = "/dev/latchkey/openapi.json";

    private static final Set<String> SERVERS = Set.of("servers");

    private static final Header FIVE_MINUTES = new Header("Cache-Control", "public, max-age=300");

    private final String issuer;
    private volatile @Nullable Document made;

    /** The description of a service whose URLs begin with this issuer. */
    public OpenApiEndpoint(String issuer) {
        this.issuer = issuer;
    }

    @Override
    public CompletableFuture<Document> document(String path) {
        Document known = made;
        if (known == null) {
            known = make();
            made = known;
        }
        return CompletableFuture.completedFuture(known);
    }

    /** The document as it was written, compact, and its servers at the end. */
    private Document make() {
        byte[] server = new ObjectBytes(128).field("url", issuer).end();
        byte[] json = new ObjectBytes(65_536)
                .fieldsOf(JsonReader.without(SERVERS, written()))
                .objects("servers", List.of(server))
                .end();
        return Document.of(200, "application/json", json, FIVE_MINUTES);
    }

    private static String written() {
        try (InputStream in = OpenApiEndpoint.class.getResourceAsStream(RESOURCE)) {
            return new String(Objects.requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }
}
