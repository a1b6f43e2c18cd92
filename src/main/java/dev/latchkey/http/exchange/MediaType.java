package dev.latchkey.http.exchange;

import dev.latchkey.error.LogText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code Content-Type} says a body is (RFC 9110 §8.3), parameters aside. */
public final class MediaType {
    private MediaType() {}

    /**
     * Sees to it that a body is of one of these types, given in lower case.
     *
     * @throws HttpRefusal 415 when it is of another, or says nothing
     */
    public static void require(@Nullable String contentType, String... wanted) {
        if (!List.of(wanted).contains(of(contentType))) {
            String wish = "Send the body with Content-Type: " + String.join(" or ", wanted) + ".";
            String sent = contentType == null ? " It has none." : " It has " + LogText.quoted(contentType) + ".";
            throw new HttpRefusal(415, wish, wish + sent);
        }
    }

    /** Whether a body is of this type, given in lower case. */
    public static boolean is(String wanted, @Nullable String contentType) {
        return of(contentType).equals(wanted);
    }

    /** The type in lower case; empty when there is none. */
    static String of(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.trim().toLowerCase(Locale.ROOT);
    }
}
