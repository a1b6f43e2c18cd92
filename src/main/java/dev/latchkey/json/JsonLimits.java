package dev.latchkey.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * How much a JSON document that a client sends may hold. The values of a document take up to some hundred bytes
 * of memory for each of its tokens, however short its text, so that tokens are bounded too. Immutable and
 * thread-safe.
 */
public final class JsonLimits {
    /** A flat object of a few short fields, from a client that is not known yet. */
    public static final JsonLimits FEW_FIELDS = new JsonLimits(64);

    /** Any object of the management API. The largest access key has some 3,000 tokens, nearly all of them claims. */
    public static final JsonLimits OBJECT = new JsonLimits(5_000);

    private static final int MAX_NAME_LENGTH = 4096;

    private final JsonFactory factory;

    /** @param maxTokens names, values, and both ends of objects and arrays */
    private JsonLimits(long maxTokens) {
        this.factory = StrictParser.factory(
                StreamReadConstraints.builder().maxNameLength(MAX_NAME_LENGTH).maxTokenCount(maxTokens));
    }

    JsonFactory factory() {
        return factory;
    }
}
