package dev.latchkey.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.error.Text;
import dev.latchkey.json.JsonBinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads whose tokens a key trusts from JSON. Apart from what holds it, for a token must not load data binding. */
public final class FederatedSubjectsJson {
    private static final String FIELD = "federated";
    private static final int MOST = 20;
    private static final int MOST_CLAIMS = 20;
    private static final int LONGEST = 1000;
    private static final int LONGEST_CLAIM_NAME = 200;
    private static final Set<String> FIELDS = Set.of("issuer", "subject", "claims");

    private FederatedSubjectsJson() {}

    /** What comes from outside: {@code [{"issuer":…,"subject":…,"claims":{…}}]}, claims optional. */
    public static FederatedSubjects read(ArrayNode array) {
        List<FieldError> errors = new ArrayList<>();
        ArrayNode kept = array.arrayNode();
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            ObjectNode one = subject(array.get(i), FIELD + "[" + i + "]", errors);
            if (!seen.add(one)) {
                errors.add(new FieldError(FIELD + "[" + i + "]", "stands there twice"));
            }
            kept.add(one);
        }
        if (array.size() > MOST) {
            errors.add(new FieldError(FIELD, "must be at most " + MOST + " subjects"));
        }
        if (!errors.isEmpty()) {
            throw ServiceException.invalid(errors);
        }
        return new FederatedSubjects(JsonBinding.text(kept));
    }

    private static ObjectNode subject(JsonNode item, String place, List<FieldError> errors) {
        ObjectNode kept = JsonBinding.object();
        if (!(item instanceof ObjectNode object)) {
            errors.add(new FieldError(place, "must be an object with issuer, subject and, where needed, claims"));
            return kept;
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                errors.add(FieldError.unknown(place + "." + name, "is not a field that can be set"));
            }
        });
        for (String name : List.of("issuer", "subject")) {
            kept.put(name, text(object.path(name), place + "." + name, errors));
        }
        JsonNode claims = object.path("claims");
        if (claims instanceof ObjectNode several) {
            ObjectNode keptClaims = JsonBinding.object();
            several.properties().forEach(claim -> {
                Text.check(place + ".claims", claim.getKey(), 1, LONGEST_CLAIM_NAME, false, errors);
                keptClaims.put(claim.getKey(), text(claim.getValue(), place + ".claims." + claim.getKey(), errors));
            });
            if (keptClaims.size() > MOST_CLAIMS) {
                errors.add(new FieldError(place + ".claims", "must be at most " + MOST_CLAIMS + " claims"));
            }
            if (!keptClaims.isEmpty()) {
                kept.set("claims", keptClaims);
            }
        } else if (!claims.isMissingNode() && !claims.isNull()) {
            errors.add(new FieldError(place + ".claims", "must be an object of strings"));
        }
        return kept;
    }

    private static String text(JsonNode value, String place, List<FieldError> errors) {
        if (value.isTextual()) {
            Text.check(place, value.textValue(), 1, LONGEST, false, errors);
            return value.textValue();
        }
        errors.add(new FieldError(place, "must be a string"));
        return "";
    }
}
