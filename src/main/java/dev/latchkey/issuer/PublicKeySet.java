package dev.latchkey.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule for a JWK Set (RFC 7517 §5) of others that signatures are verified with: public keys that RS256, PS256 or ES256 can be
 * verified with, few, and not a private part among them. Members that verifying needs not, such as certificates, are
 * dropped (RFC 7517 §4 has unknown ones ignored). Not thread-safe; lives for one document.
 */
public final class PublicKeySet {
    static final int MAX_BYTES = 32 * 1024;
    static final int MAX_KEYS = 10;
    static final int MAX_KID_LENGTH = 200;

    /** A token without a kid is tried with each. */
    private static final int MAX_FETCHED_KEYS = 50;

    /** RFC 7518 §6.2.2, §6.3.2 and §6.4. */
    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private static final Set<String> KEPT_MEMBERS = Set.of("kty", "use", "alg", "kid", "n", "e", "crv", "x", "y");

    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;
    private static final int MOST_EXPONENT_BITS = 33;

    /** The longest number in base64url, with some leading zeros to spare. */
    private static final int MAX_TEXT = 1500;

    private static final int P256_BYTES = 32;

    /** The curve P-256, y² = x³ - 3x + b over the field of p (SP 800-186 §3.2.1.3). */
    private static final BigInteger P256_P =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    private static final BigInteger P256_B =
            new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);

    private final List<FieldError> errors = new ArrayList<>();
    private final Set<String> kids = new HashSet<>();

    private PublicKeySet() {}

    /**
     * The set as it is stored: compact JSON text of what verifying needs.
     *
     * @throws ServiceException of kind INVALID that says what is wrong with each key
     */
    public static String read(ObjectNode set) {
        PublicKeySet rules = new PublicKeySet();
        ObjectNode kept = JsonBinding.object();
        kept.set("keys", rules.keys(set.path("keys")));
        String json = JsonBinding.text(kept);
        if (rules.errors.isEmpty() && json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            rules.add("must be at most " + MAX_BYTES + " bytes as JSON");
        }
        if (!rules.errors.isEmpty()) {
            throw ServiceException.invalid(rules.errors);
        }
        return json;
    }

    /**
     * A set that was fetched, as it is kept: those of its keys that are as this rule has them, whatever else is there.
     *
     * @return an empty set where none is
     */
    public static String usable(ObjectNode set) {
        ObjectNode kept = JsonBinding.object();
        ArrayNode keys = kept.putArray("keys");
        PublicKeySet rules = new PublicKeySet();
        for (JsonNode item : set.path("keys")) {
            if (keys.size() < MAX_FETCHED_KEYS && item instanceof ObjectNode key && rules.problem(key) == null) {
                keys.add(kept(key));
            }
        }
        return JsonBinding.text(kept);
    }

    private ArrayNode keys(JsonNode keys) {
        ArrayNode kept = JsonBinding.object().arrayNode();
        if (!keys.isArray() || keys.isEmpty() || keys.size() > MAX_KEYS) {
            add("must be a JWK Set, {\"keys\": […]} with 1 to " + MAX_KEYS + " keys");
            return kept;
        }
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i) instanceof ObjectNode key) {
                String problem = problem(key);
                if (problem != null) {
                    add("keys[" + i + "] " + problem);
                }
                kept.add(kept(key));
            } else {
                add("keys[" + i + "] is not an object");
            }
        }
        return kept;
    }

    private static ObjectNode kept(ObjectNode key) {
        ObjectNode copy = key.objectNode().setAll(key);
        return copy.retain(KEPT_MEMBERS);
    }

    private void add(String problem) {
        errors.add(new FieldError("jwks", problem));
    }

    private @Nullable String problem(ObjectNode key) {
        for (Map.Entry<String, JsonNode> member : key.properties()) {
            if (PRIVATE_MEMBERS.contains(member.getKey())) {
                return "holds \"" + member.getKey()
                        + "\", a private part; register public keys alone, and replace this one";
            }
        }
        if (key.has("use") && !"sig".equals(text(key, "use"))) {
            return "must have the use \"sig\" or none";
        }
        String kid = text(key, "kid");
        if (key.has("kid") && (kid == null || !isKid(kid) || !kids.add(kid))) {
            return "must have a kid of its own, a string of 1 to " + MAX_KID_LENGTH
                    + " characters without control characters, or none";
        }
        boolean anyAlg = key.path("alg").isMissingNode() || key.path("alg").isNull();
        String alg = text(key, "alg");
        if ("RSA".equals(text(key, "kty"))) {
            return anyAlg || "RS256".equals(alg) || "PS256".equals(alg)
                    ? rsaProblem(key)
                    : "must have the alg RS256, PS256 or none";
        }
        if ("EC".equals(text(key, "kty"))) {
            return anyAlg || "ES256".equals(alg) ? ecProblem(key) : "must have the alg ES256 or none";
        }
        return "must have the kty RSA or EC";
    }

    /** A member that is a string; null = there is none. */
    private static @Nullable String text(ObjectNode key, String member) {
        return key.path(member).textValue();
    }

    private static boolean isKid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_KID_LENGTH
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** What is wrong with the numbers of an RSA key (RFC 7518 §6.3.1); null = nothing. */
    private static @Nullable String rsaProblem(ObjectNode key) {
        String n = text(key, "n");
        if (n != null && n.length() > MAX_TEXT) {
            return "must have " + LEAST_RSA_BITS + " to " + MOST_RSA_BITS + " bits";
        }
        BigInteger modulus = number(n, 0);
        BigInteger exponent = number(text(key, "e"), 0);
        if (modulus == null || exponent == null) {
            return "must have n and e as base64url";
        }
        if (modulus.bitLength() < LEAST_RSA_BITS || modulus.bitLength() > MOST_RSA_BITS) {
            return "must have " + LEAST_RSA_BITS + " to " + MOST_RSA_BITS + " bits";
        }
        if (!modulus.testBit(0)) {
            return "must have an odd n: an even number is not the product of two large primes";
        }
        boolean usual = exponent.testBit(0)
                && exponent.compareTo(BigInteger.ONE) > 0
                && exponent.bitLength() <= MOST_EXPONENT_BITS;
        return usual ? null : "must have an odd e from 3 on, of at most " + MOST_EXPONENT_BITS + " bits, such as AQAB";
    }

    /** What is wrong with an elliptic curve key (RFC 7518 §6.2.1); null = nothing. */
    private static @Nullable String ecProblem(ObjectNode key) {
        if (!"P-256".equals(text(key, "crv"))) {
            return "must have the crv P-256";
        }
        BigInteger x = number(text(key, "x"), P256_BYTES);
        BigInteger y = number(text(key, "y"), P256_BYTES);
        if (x == null || y == null) {
            return "must have x and y as base64url of " + P256_BYTES + " bytes each";
        }
        return isOnCurve(x, y) ? null : "must be a point on the curve P-256";
    }

    private static boolean isOnCurve(BigInteger x, BigInteger y) {
        if (x.compareTo(P256_P) >= 0 || y.compareTo(P256_P) >= 0) {
            return false;
        }
        BigInteger right = x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(P256_B);
        return y.multiply(y).subtract(right).mod(P256_P).signum() == 0;
    }

    /** An unsigned number; null when it is not base64url without padding, or not of {@code bytes} bytes (0 = any). */
    private static @Nullable BigInteger number(@Nullable String text, int bytes) {
        if (text == null || text.isEmpty() || text.length() > MAX_TEXT || text.endsWith("=")) {
            return null;
        }
        try {
            byte[] decoded = Base64.getUrlDecoder().decode(text);
            return bytes == 0 || decoded.length == bytes ? new BigInteger(1, decoded) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
