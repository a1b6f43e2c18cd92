package dev.latchkey.accesskey;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule for the JWK Set (RFC 7517 §5) that a key proves itself by: public keys that RS256, PS256 or ES256 can be
 * verified with, few, and not a private part among them. Members that verifying needs not, such as certificates, are
 * dropped (RFC 7517 §4 has unknown ones ignored). Not thread-safe; lives for one document.
 */
final class ClientJwks {
    static final int MAX_BYTES = 32 * 1024;
    static final int MAX_KEYS = 10;
    static final int MAX_KID_LENGTH = 200;

    /** RFC 7518 §6.2.2, §6.3.2 and §6.4. */
    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private static final Set<String> KEPT_MEMBERS = Set.of("kty", "use", "alg", "kid", "n", "e", "crv", "x", "y");

    private final List<FieldError> errors = new ArrayList<>();
    private final Set<String> kids = new HashSet<>();

    private ClientJwks() {}

    /**
     * The set as it is stored: compact JSON text of what verifying needs.
     *
     * @throws LatchkeyException of kind INVALID that says what is wrong with each key
     */
    static String read(Map<String, Object> set) {
        ClientJwks rules = new ClientJwks();
        List<Map<String, Object>> kept = rules.keys(set);
        String json = Json.write(Map.of("keys", kept));
        if (rules.errors.isEmpty() && json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            rules.add("must be at most " + MAX_BYTES + " bytes as JSON");
        }
        if (!rules.errors.isEmpty()) {
            throw LatchkeyException.invalid(rules.errors);
        }
        return json;
    }

    private List<Map<String, Object>> keys(Map<String, Object> set) {
        List<Map<String, Object>> kept = new ArrayList<>();
        if (!(set.get("keys") instanceof List<?> keys) || keys.isEmpty() || keys.size() > MAX_KEYS) {
            add("must be a JWK Set, {\"keys\": […]} with 1 to " + MAX_KEYS + " keys");
            return kept;
        }
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i) instanceof Map<?, ?> map) {
                Map<String, Object> key = Json.asObject(map);
                String problem = problem(key);
                if (problem != null) {
                    add("keys[" + i + "] " + problem);
                }
                key.keySet().retainAll(KEPT_MEMBERS);
                kept.add(key);
            } else {
                add("keys[" + i + "] is not an object");
            }
        }
        return kept;
    }

    private void add(String problem) {
        errors.add(new FieldError("jwks", problem));
    }

    private @Nullable String problem(Map<String, Object> key) {
        for (String member : key.keySet()) {
            if (PRIVATE_MEMBERS.contains(member)) {
                return "holds \"" + member + "\", a private part; register public keys alone, and replace this one";
            }
        }
        if (key.containsKey("use") && !"sig".equals(key.get("use"))) {
            return "must have the use \"sig\" or none";
        }
        if (key.containsKey("kid") && !(key.get("kid") instanceof String kid && isKid(kid) && kids.add(kid))) {
            return "must have a kid of its own, a string of 1 to " + MAX_KID_LENGTH
                    + " characters without control characters, or none";
        }
        Object alg = key.get("alg");
        if ("RSA".equals(key.get("kty"))) {
            return alg == null || alg.equals("RS256") || alg.equals("PS256")
                    ? ClientJwkNumbers.rsaProblem(key)
                    : "must have the alg RS256, PS256 or none";
        }
        if ("EC".equals(key.get("kty"))) {
            return alg == null || alg.equals("ES256")
                    ? ClientJwkNumbers.ecProblem(key)
                    : "must have the alg ES256 or none";
        }
        return "must have the kty RSA or EC";
    }

    private static boolean isKid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_KID_LENGTH
                && text.chars().noneMatch(Character::isISOControl);
    }
}
