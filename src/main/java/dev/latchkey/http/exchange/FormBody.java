package dev.latchkey.http.exchange;

import dev.latchkey.error.LogText;
import dev.latchkey.token.issuing.TokenRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an {@code application/x-www-form-urlencoded} body (RFC 6749 appendix B), read strictly. A parameter
 * without a value counts as left out (RFC 6749 §3.2), except that it still may not stand there twice.
 */
public final class FormBody implements TokenRequest.Parameters {
    private static final String MALFORMED =
            "The body is not well-formed: percent-encode it as application/x-www-form-urlencoded in UTF-8.";

    private final Map<String, List<String>> parameters;

    private FormBody(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads a body.
     *
     * @param repeatable the one parameter that may stand there more than once
     * @throws HttpRefusal 400 when the encoding is malformed or another parameter is repeated
     */
    public static FormBody parse(byte[] body, String repeatable) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        int start = 0;
        while (start < body.length) {
            int end = indexOf(body, '&', start, body.length);
            if (end > start) {
                addPair(parameters, body, start, end);
            }
            start = end + 1;
        }
        parameters.forEach((name, values) -> {
            if (values.size() > 1 && !name.equals(repeatable)) {
                throw new HttpRefusal(
                        400,
                        "A parameter is repeated; send each one once.",
                        "the parameter " + LogText.quoted(name) + " is repeated");
            }
        });
        return new FormBody(parameters);
    }

    @Override
    public @Nullable String get(String name) {
        List<String> values = parameters.get(name);
        if (values == null) {
            return null;
        }
        for (String value : values) {
            if (!value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    /** Every value of a parameter that is not empty. */
    public List<String> all(String name) {
        List<String> values = parameters.get(name);
        return values == null
                ? List.of()
                : values.stream().filter(value -> !value.isEmpty()).toList();
    }

    /** The names of all parameters, in the order they came. */
    public Set<String> names() {
        return parameters.keySet();
    }

    private static void addPair(Map<String, List<String>> parameters, byte[] body, int start, int end) {
        int equals = indexOf(body, '=', start, end);
        Optional<String> name = FormDecoding.decode(body, start, equals);
        Optional<String> value = FormDecoding.decode(body, Math.min(equals + 1, end), end);
        if (name.isEmpty() || value.isEmpty()) {
            throw new HttpRefusal(400, MALFORMED);
        }
        parameters.computeIfAbsent(name.get(), unused -> new ArrayList<>(1)).add(value.get());
    }

    private static int indexOf(byte[] bytes, char wanted, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != wanted) {
            i++;
        }
        return i;
    }

    /** Prints no value: one of them may be a secret. */
    @Override
    public String toString() {
        return "FormBody" + parameters.keySet();
    }
}
