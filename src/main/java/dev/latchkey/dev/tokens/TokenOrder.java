package dev.latchkey.dev.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.config.Durations;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Fields;
import dev.latchkey.json.JsonBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token as it was ordered; nothing of it need be said.
 *
 * @param keyId the key whose token it is; empty = the stand-in's own
 * @param as a persona, or a kind of workload token; empty = neither
 * @param aud a text or an array; missing = what the key would get
 * @param expiresIn null = as long as the key's tokens live; may be negative
 * @param claims to add or to put in the place of others
 * @param header members to add or to put in the place of others
 * @param omit claims to leave out
 * @param breaks in what ways it is to be wrong
 */
record TokenOrder(
        Optional<String> keyId,
        Optional<String> as,
        Optional<String> sub,
        Optional<String> scope,
        JsonNode aud,
        Optional<String> iss,
        @Nullable Duration expiresIn,
        ObjectNode claims,
        ObjectNode header,
        List<String> omit,
        List<Break> breaks) {
    private static final Duration MOST_LIFETIME = Duration.ofDays(3_650);

    /**
     * Reads an order.
     *
     * @throws ServiceException of kind INVALID that names every field at fault
     */
    static TokenOrder read(ObjectNode body) {
        Fields fields = new Fields(body);
        TokenOrder order = new TokenOrder(
                fields.optionalText("key_id"),
                fields.optionalText("as"),
                fields.optionalText("sub"),
                fields.optionalText("scope"),
                aud(fields),
                fields.optionalText("iss"),
                expiresIn(fields),
                object(fields, "claims"),
                object(fields, "header"),
                texts(fields, "omit"),
                breaks(fields));
        fields.check();
        return order;
    }

    boolean breaks(Break one) {
        return breaks.contains(one);
    }

    private static JsonNode aud(Fields fields) {
        JsonNode value = fields.any("aud");
        if (!value.isMissingNode() && !value.isTextual() && !isTexts(value)) {
            fields.wrong("aud", "must be a string or an array of strings");
        }
        return value;
    }

    private static @Nullable Duration expiresIn(Fields fields) {
        JsonNode value = fields.any("expires_in");
        if (value.isMissingNode()) {
            return null;
        }
        Optional<Duration> duration = value.isIntegralNumber() && value.canConvertToInt()
                ? Optional.of(Duration.ofSeconds(value.intValue()))
                : value.isTextual() ? duration(value.textValue()) : Optional.empty();
        if (duration.isEmpty() || duration.get().abs().compareTo(MOST_LIFETIME) > 0) {
            fields.wrong("expires_in", "must be seconds, or a duration such as 90s, of at most ten years");
        }
        return duration.orElse(null);
    }

    private static Optional<Duration> duration(String text) {
        boolean negative = text.startsWith("-");
        try {
            Duration duration = Durations.parse("expires_in", negative ? text.substring(1) : text);
            return Optional.of(negative ? duration.negated() : duration);
        } catch (ServiceException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode object(Fields fields, String name) {
        JsonNode value = fields.any(name);
        if (value instanceof ObjectNode object) {
            return object;
        }
        if (!value.isMissingNode()) {
            fields.wrong(name, "must be an object");
        }
        return JsonBinding.object();
    }

    private static List<String> texts(Fields fields, String name) {
        JsonNode value = fields.any(name);
        List<String> texts = new ArrayList<>();
        if (isTexts(value)) {
            value.forEach(text -> texts.add(text.textValue()));
        } else if (!value.isMissingNode()) {
            fields.wrong(name, "must be an array of strings");
        }
        return texts;
    }

    private static List<Break> breaks(Fields fields) {
        JsonNode value = fields.any("break");
        List<Break> breaks = new ArrayList<>();
        if (value.isMissingNode()) {
            return breaks;
        }
        if (!value.isTextual() && !isTexts(value)) {
            fields.wrong("break", "must be one of " + Break.NAMES + ", or an array of them");
            return breaks;
        }
        Iterable<JsonNode> names = value.isArray() ? value : List.of(value);
        for (JsonNode name : names) {
            Optional<Break> known = Break.of(name.textValue());
            if (known.isEmpty()) {
                fields.wrong("break", "must be one of " + Break.NAMES + ", or an array of them");
            }
            known.ifPresent(breaks::add);
        }
        return breaks;
    }

    private static boolean isTexts(JsonNode value) {
        if (!value.isArray()) {
            return false;
        }
        for (JsonNode one : value) {
            if (!one.isTextual()) {
                return false;
            }
        }
        return true;
    }
}
