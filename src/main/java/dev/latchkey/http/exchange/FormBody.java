package dev.latchkey.http.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.error.LogText;
import dev.latchkey.token.issuing.TokenRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
        Optional<String> name = decode(body, start, equals);
        Optional<String> value = decode(body, Math.min(equals + 1, end), end);
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

    /**
     * Decodes one name or value strictly: {@code +} is a space, {@code %} is followed by two hexadecimal digits, and the
     * result is UTF-8 without NUL. The JDK's decoder lets malformed UTF-8 pass as replacement characters, so that two
     * different texts would become the same.
     *
     * @return the text of {@code bytes[from, to)}; empty when it is malformed
     */
    public static Optional<String> decode(byte[] bytes, int from, int to) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '+') {
                b = ' ';
            } else if (b == '%') {
                int high = i + 2 < to ? hex(bytes[i + 1]) : -1;
                int low = i + 2 < to ? hex(bytes[i + 2]) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                b = (byte) (high << 4 | low);
                i += 2;
            }
            if (b == 0) {
                return Optional.empty();
            }
            decoded[length++] = b;
            bits |= b;
        }
        // Mostly it is all ASCII, and needs no decoder.
        return bits >= 0 ? Optional.of(new String(decoded, 0, length, US_ASCII)) : utf8(decoded, length);
    }

    private static Optional<String> utf8(byte[] bytes, int length) {
        try {
            return Optional.of(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }

    /** Prints no value: one of them may be a secret. */
    @Override
    public String toString() {
        return "FormBody" + parameters.keySet();
    }
}
