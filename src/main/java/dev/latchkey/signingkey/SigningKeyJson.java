package dev.latchkey.signingkey;

import dev.latchkey.json.JsonWriter;

/** A signing key as JSON: the field names and their order that the API and {@code --json} share. */
public final class SigningKeyJson {
    private SigningKeyJson() {}

    /** Writes all fields into the open object. */
    public static void write(JsonWriter out, SigningKey key) {
        out.field("kid", key.kid())
                .field("state", key.state().publicName())
                .field("algorithm", key.jwk().algorithm().publicName())
                .field("bits", key.jwk().bits())
                .field("created_at", key.createdAt())
                .field("published_at", key.publishedAt())
                .field("activated_at", key.activatedAt())
                .field("retired_at", key.retiredAt())
                .field("published_until", key.publishedUntil());
    }
}
