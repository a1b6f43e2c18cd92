package dev.latchkey.accesskey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * The claims that a key adds to each of its tokens. Kept as JSON text, so that issuing a token copies it instead of
 * building it anew. Immutable and thread-safe.
 *
 * @param json a JSON object without white space; at most {@value #MAX_BYTES} bytes
 */
public record CustomClaims(String json) {
    /** None. */
    public static final CustomClaims NONE = new CustomClaims("{}");

    /** The largest claims as JSON text in UTF-8. */
    public static final int MAX_BYTES = 4096;

    /**
     * Names that the token itself or a specification gives a meaning that resource servers act on: RFC 7519 §4.1, RFC
     * 9068 §2.2, RFC 8693 §4, RFC 7800 and OpenID Connect's own.
     */
    private static final Set<String> REGISTERED = Set.of(
            "iss sub aud exp nbf iat jti client_id scope auth_time acr amr azp nonce cnf act may_act".split(" ", -1));

    /** Claims that come from outside. */
    public static CustomClaims of(ObjectNode claims) {
        for (Map.Entry<String, JsonNode> claim : claims.properties()) {
            if (REGISTERED.contains(claim.getKey())) {
                throw ServiceException.invalid(
                        "claims",
                        "must not hold \"" + claim.getKey()
                                + "\", a registered claim, which Latchkey sets or leaves out");
            }
        }
        String json = JsonBinding.text(claims);
        if (json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw ServiceException.invalid("claims", "must be at most " + MAX_BYTES + " bytes as JSON");
        }
        if (json.contains("\\u0000") || !StandardCharsets.UTF_8.newEncoder().canEncode(json)) {
            throw ServiceException.invalid("claims", "must not hold NUL or broken Unicode");
        }
        return new CustomClaims(json);
    }

    public boolean isEmpty() {
        return json.length() == 2;
    }

    /** These claims with a merge patch applied (RFC 7396 §2). */
    CustomClaims merged(ObjectNode patch) {
        ObjectNode claims = tree();
        merge(claims, patch);
        return of(claims);
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            String name = member.getKey();
            if (member.getValue().isNull()) {
                target.remove(name);
            } else if (member.getValue() instanceof ObjectNode nested) {
                merge(target.get(name) instanceof ObjectNode there ? there : target.putObject(name), nested);
            } else {
                target.set(name, member.getValue());
            }
        }
    }

    /** The claims as a tree of their own. */
    public ObjectNode tree() {
        return JsonBinding.stored(json);
    }
}
