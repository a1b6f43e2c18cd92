package dev.latchkey.http.log;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code traceparent} (W3C Trace Context §3.2), read strictly: what is malformed counts as left out. */
public final class TraceParent {
    public static final String HEADER = "traceparent";

    /** What every version begins with; version 00 ends there, a later one may go on after a hyphen. */
    private static final Pattern FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private TraceParent() {}

    /** The trace's id. Two headers are malformed. */
    public static Optional<String> traceId(List<String> headers) {
        if (headers.size() != 1) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(headers.get(0));
        boolean wellFormed = matcher.matches()
                && (matcher.group(3) == null || !matcher.group(1).equals("00"));
        return wellFormed ? Optional.of(matcher.group(2)) : Optional.empty();
    }
}
