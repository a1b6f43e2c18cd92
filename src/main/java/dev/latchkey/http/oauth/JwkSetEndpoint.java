package dev.latchkey.http.oauth;

import dev.latchkey.digest.Sha256;
import dev.latchkey.http.exchange.Document;
import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.json.ObjectBytes;
import dev.latchkey.signingkey.PublicJwk;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The JWK Set (RFC 7517 §5): the public keys that verify tokens. Answers from memory, also while the store is away. */
public final class JwkSetEndpoint implements DocumentEndpoint {
    private final Supplier<CompletableFuture<List<PublicJwk>>> jwkSet;
    private volatile Made made = new Made(List.of());

    /** The set as it is sent; made anew only when the keys change. */
    private static final class Made {
        final List<PublicJwk> keys;
        final Document document;

        Made(List<PublicJwk> keys) {
            byte[] json = new ObjectBytes(2048)
                    .objects("keys", keys.stream().map(JwkSetEndpoint::jwk).toList())
                    .end();
            this.keys = keys;
            this.document = Document.of(200, "application/json", json, MetadataEndpoint.FIVE_MINUTES)
                    .tagged(Sha256.base64urlOf(json));
        }
    }

    /** Asks for the keys at each request, which waits without a thread where they are still being made. */
    public JwkSetEndpoint(Supplier<CompletableFuture<List<PublicJwk>>> jwkSet) {
        this.jwkSet = jwkSet;
    }

    @Override
    public CompletableFuture<Document> document(String path) {
        return jwkSet.get().thenApply(this::documentOf);
    }

    private Document documentOf(List<PublicJwk> keys) {
        Made current = made;
        if (!current.keys.equals(keys)) {
            current = new Made(keys);
            made = current;
        }
        return current.document;
    }

    private static byte[] jwk(PublicJwk key) {
        ObjectBytes jwk = new ObjectBytes(512)
                .field("kty", key.algorithm().kty())
                .field("use", "sig")
                .field("alg", key.algorithm().publicName())
                .field("kid", key.kid());
        key.members().forEach(jwk::field);
        return jwk.end();
    }
}
