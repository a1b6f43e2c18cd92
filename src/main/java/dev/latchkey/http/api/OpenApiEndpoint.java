package dev.latchkey.http.api;

import dev.latchkey.json.Json;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonWriter;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /openapi.json}: what programs can do here (OpenAPI 3.1). The document is written by hand; only where the
 * service stands is filled in. Thread-safe.
 */
public final class OpenApiEndpoint implements Handler {
    private static final String RESOURCE = "/dev/latchkey/openapi.json";

    private final String issuer;
    private byte @Nullable [] written;

    /** The description of a service whose URLs begin with this issuer. */
    public OpenApiEndpoint(String issuer) {
        this.issuer = issuer;
    }

    @Override
    public void handle(Context ctx) {
        ctx.header("Cache-Control", "public, max-age=300");
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.contentType("application/json");
        ctx.result(written());
    }

    /** Written once: anybody may ask for it, and reading the document takes ten times its size of memory. */
    private synchronized byte[] written() {
        byte[] bytes = written;
        if (bytes == null) {
            Map<String, Object> document = document();
            document.put("servers", List.of(Map.of("url", issuer)));
            bytes = JsonWriter.bytes(out -> out.value(document));
            written = bytes;
        }
        return bytes;
    }

    /** The document as it was written, in the order it was written. */
    private static Map<String, Object> document() {
        try (InputStream in = OpenApiEndpoint.class.getResourceAsStream(RESOURCE)) {
            return Json.parseObject(Objects.requireNonNull(in, RESOURCE).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException(RESOURCE + " " + e.getMessage(), e);
        }
    }
}
