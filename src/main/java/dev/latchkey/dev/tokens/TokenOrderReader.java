package dev.latchkey.dev.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.config.Durations;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Fields;
import dev.latchkey.json.JsonBinding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the order of a token from JSON, as {@code /dev/tokens} takes it. */
public final class TokenOrderReader {
    private static final String BREAK_RULE = "must be one of " + Break.NAMES + ", or an array of them";

    private TokenOrderReader() {}

    /**
     * The order.
     *
     * @throws ServiceException of kind INVALID that names every field at fault
     */
    public static TokenOrder read(ObjectNode body) {
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
        if (!duration.map(TokenOrder::isLifetime).orElse(false)) {
            fields.wrong("expires_in", "must be seconds, or a duration such as 90s, of at most ten years");
            return null;
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
        if (!value.isMissingNode() && !isTexts(value)) {
            fields.wrong(name, "must be an array of strings");
            return List.of();
        }
        return value.valueStream().map(JsonNode::textValue).toList();
    }

    private static List<Break> breaks(Fields fields) {
        JsonNode value = fields.any("break");
        if (!value.isMissingNode() && !value.isTextual() && !isTexts(value)) {
            fields.wrong("break", BREAK_RULE);
            return List.of();
        }
        Stream<JsonNode> names = value.isTextual() ? Stream.of(value) : value.valueStream();
        return names.flatMap(name -> {
                    Optional<Break> known = Break.of(name.textValue());
                    if (known.isEmpty()) {
                        fields.wrong("break", BREAK_RULE);
                    }
                    return known.stream();
                })
                .toList();
    }

    private static boolean isTexts(JsonNode value) {
        return value.isArray() && value.valueStream().allMatch(JsonNode::isTextual);
    }
}
