package dev.latchkey.http.oauth;

import dev.latchkey.digest.Sha256;
import dev.latchkey.json.JsonWriter;
import dev.latchkey.signingkey.PublicJwk;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The JWK Set (RFC 7517 §5): the public keys that verify tokens. Answers from memory, also while the store is away. */
public final class JwkSetEndpoint implements Handler {
    private final Supplier<CompletableFuture<List<PublicJwk>>> jwkSet;
    private volatile Document document = new Document(List.of());

    /** The set as it is sent; made anew only when the keys change. */
    private static final class Document {
        final List<PublicJwk> keys;
        final byte[] json;
        final String etag;

        Document(List<PublicJwk> keys) {
            this.keys = keys;
            this.json = JsonWriter.object(out -> out.arrayField("keys", keys, JwkSetEndpoint::writeKey));
            this.etag = '"' + Sha256.base64urlOf(json) + '"';
        }
    }

    /** Asks for the keys at each request, which waits without a thread where they are still being made. */
    public JwkSetEndpoint(Supplier<CompletableFuture<List<PublicJwk>>> jwkSet) {
        this.jwkSet = jwkSet;
    }

    @Override
    public void handle(Context ctx) {
        CompletableFuture<List<PublicJwk>> keys = jwkSet.get();
        if (keys.isDone() && !keys.isCompletedExceptionally()) {
            answer(ctx, keys.join());
        } else {
            ctx.future(() -> keys.thenAccept(made -> answer(ctx, made)));
        }
    }

    private void answer(Context ctx, List<PublicJwk> keys) {
        Document current = documentOf(keys);
        ctx.header("Cache-Control", "public, max-age=300");
        ctx.header("ETag", current.etag);
        ctx.contentType("application/json");
        if (matches(ctx.header("If-None-Match"), current.etag)) {
            ctx.status(304);
            return;
        }
        ctx.result(current.json);
    }

    private Document documentOf(List<PublicJwk> keys) {
        Document current = document;
        if (!current.keys.equals(keys)) {
            current = new Document(keys);
            document = current;
        }
        return current;
    }

    /** RFC 9110 §13.1.2: a list of tags, weak or not, or {@code *}. */
    private static boolean matches(@Nullable String ifNoneMatch, String etag) {
        return ifNoneMatch != null && (ifNoneMatch.trim().equals("*") || ifNoneMatch.contains(etag));
    }

    private static void writeKey(JsonWriter array, PublicJwk key) {
        array.startObject()
                .field("kty", key.algorithm().kty())
                .field("use", "sig")
                .field("alg", key.algorithm().publicName())
                .field("kid", key.kid());
        key.members().forEach(array::field);
        array.endObject();
    }
}
