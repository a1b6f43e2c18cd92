package dev.latchkey.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.http.exchange.RequestBody;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonLimits;
import dev.latchkey.json.JsonSyntaxException;
import io.javalin.http.Context;

/** Reads a JSON object from the body of a request. */
final class JsonBody {
    /** The largest body; what is larger is refused unread. */
    static final int MAX_BYTES = 1024 * 1024;

    /** The largest body from a caller who is not known yet: a name and the longest password, every character escaped. */
    static final int MAX_SIGN_IN_BYTES = 4 * 1024;

    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private JsonBody() {}

    /**
     * The object in the body.
     *
     * @throws HttpRefusal 400 when it is not JSON, 413 or 415
     * @throws ServiceException of kind INVALID when it is JSON of another kind
     */
    static ObjectNode read(Context ctx) {
        return parse(RequestBody.read(ctx, MAX_BYTES, JSON), JsonLimits.OBJECT);
    }

    /** As {@link #read}, from a caller who is not known yet: of {@value #MAX_SIGN_IN_BYTES} bytes and a few fields. */
    static ObjectNode readSignIn(Context ctx) {
        return parse(RequestBody.read(ctx, MAX_SIGN_IN_BYTES, JSON), JsonLimits.FEW_FIELDS);
    }

    /** As {@link #read}; a request without a body counts as one with an empty object. */
    static ObjectNode readOptional(Context ctx) {
        return RequestBody.isAbsent(ctx) ? JsonBinding.object() : read(ctx);
    }

    /** As {@link #read}, for a merge patch (RFC 7396), which may call itself just JSON. */
    static ObjectNode readPatch(Context ctx) {
        return parse(RequestBody.read(ctx, MAX_BYTES, JSON, MERGE_PATCH), JsonLimits.OBJECT);
    }

    private static ObjectNode parse(byte[] body, JsonLimits limits) {
        try {
            if (JsonBinding.read(body, limits) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonSyntaxException e) {
            throw new HttpRefusal(400, "The body " + e.getMessage() + ".");
        }
        throw ServiceException.invalid("body", "must be a JSON object");
    }
}
