package dev.latchkey.http.api;

import dev.latchkey.config.Durations;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.HttpRefusal;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query of a list, read strictly: a mistyped name would otherwise give the whole list for a part of it. */
final class Query {
    /** The longest text that is looked for, in characters. */
    private static final int MAX_TEXT = 200;

    private final FormBody parameters;

    private Query(FormBody parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads the query of a request.
     *
     * @throws HttpRefusal 400 when it is malformed or repeats a parameter
     * @throws ServiceException of kind INVALID when it has a parameter that is not among {@code names}
     */
    static Query of(Context ctx, String... names) {
        String text = ctx.req().getQueryString();
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        FormBody parameters;
        try {
            parameters = FormBody.parse(bytes, "");
        } catch (HttpRefusal e) {
            throw new HttpRefusal(400, "The query is malformed or repeats a parameter; send each one once.");
        }
        for (String name : parameters.names()) {
            if (!List.of(names).contains(name)) {
                String wanted = "is not a parameter here; there are " + String.join(", ", names);
                throw ServiceException.invalid(List.of(FieldError.unknown(name, wanted)));
            }
        }
        return new Query(parameters);
    }

    /** The text of a parameter; null when it is left out or empty. */
    @Nullable
    String text(String name) {
        return text(name, MAX_TEXT);
    }

    /** As above, with at most so many characters. */
    @Nullable
    String text(String name, int most) {
        String text = parameters.get(name);
        if (text != null && text.length() > most) {
            throw ServiceException.invalid(name, "must be at most " + most + " characters");
        }
        return text;
    }

    /** A time span such as {@code 14d}; null when it is left out. */
    @Nullable
    Duration duration(String name) {
        String text = parameters.get(name);
        return text == null ? null : Durations.parse(name, text);
    }

    /** {@code true} or {@code false}; null when it is left out. */
    @Nullable
    Boolean flag(String name) {
        String text = parameters.get(name);
        if (text == null) {
            return null;
        }
        if (!text.equals("true") && !text.equals("false")) {
            throw ServiceException.invalid(name, "must be true or false");
        }
        return text.equals("true");
    }

    /** A page's size. Its bounds are for the subject to know. */
    int limit(int standard) {
        String text = parameters.get("limit");
        if (text == null) {
            return standard;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw ServiceException.invalid("limit", "must be a number");
        }
    }
}
