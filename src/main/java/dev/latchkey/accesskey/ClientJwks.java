package dev.latchkey.accesskey;

import dev.latchkey.error.FieldError;
import dev.latchkey.json.Json;
import dev.latchkey.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule for the JWK Set (RFC 7517 §5) that a key proves itself by: public keys that RS256, PS256 or ES256 can be
 * verified with, few, and not a private part among them.
 */
final class ClientJwks {
    static final int MAX_BYTES = 32 * 1024;
    static final int MAX_KEYS = 10;

    /** RFC 7518 §6.2.2, §6.3.2 and §6.4. */
    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private final List<String> problems = new ArrayList<>();
    private final Set<String> kids = new HashSet<>();

    private ClientJwks() {}

    /** Adds an error to {@code errors} for each thing that is wrong. */
    static void check(String json, List<FieldError> errors) {
        ClientJwks rules = new ClientJwks();
        rules.checkSet(json);
        rules.problems.forEach(problem -> errors.add(new FieldError("jwks", problem)));
    }

    private void checkSet(String json) {
        if (json.length() > MAX_BYTES || json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            problems.add("must be at most " + MAX_BYTES + " bytes as JSON");
            return;
        }
        if (json.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(json)) {
            problems.add("must not hold NUL or broken Unicode");
            return;
        }
        Map<String, Object> set;
        try {
            set = Json.parseObject(json);
        } catch (JsonSyntaxException e) {
            problems.add(String.valueOf(e.getMessage()));
            return;
        }
        if (!(set.get("keys") instanceof List<?> keys) || keys.isEmpty() || keys.size() > MAX_KEYS) {
            problems.add("must be a JWK Set, {\"keys\": […]} with 1 to " + MAX_KEYS + " keys");
            return;
        }
        for (int i = 0; i < keys.size(); i++) {
            String problem = keys.get(i) instanceof Map<?, ?> key ? problem(Json.asObject(key)) : "is not an object";
            if (problem != null) {
                problems.add("keys[" + i + "] " + problem);
            }
        }
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
        if (key.containsKey("kid") && !(key.get("kid") instanceof String kid && kids.add(kid))) {
            return "must have a kid of its own, a string, or none";
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
}
