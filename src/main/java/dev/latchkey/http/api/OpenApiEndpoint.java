package dev.latchkey.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.Document;
import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /openapi.json}: what programs can do here (OpenAPI 3.1). The document is written by hand; only where the
 * service stands is filled in. Thread-safe.
 */
public final class OpenApiEndpoint implements DocumentEndpoint {
    private static final String RESOURCE = "/dev/latchkey/openapi.json";

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

    private Document make() {
        ObjectNode document = document();
        document.putArray("servers").addObject().put("url", issuer);
        return Document.of(200, "application/json", JsonBinding.bytes(document), FIVE_MINUTES);
    }

    /** The document as it was written, in the order it was written. */
    private static ObjectNode document() {
        try (InputStream in = OpenApiEndpoint.class.getResourceAsStream(RESOURCE)) {
            return JsonBinding.readObject(Objects.requireNonNull(in, RESOURCE).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException(RESOURCE + " " + e.getMessage(), e);
        }
    }
}
