package dev.latchkey.attack;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP/1.1 answer (RFC 9112).
 *
 * @param headers by their names in lower case; of several of one name the last
 * @param body without chunk framing
 */
record Answer(int status, Map<String, String> headers, String body) {
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** The value of a header, by its name in lower case. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /**
     * Takes the first whole answer out of what has been received so far.
     *
     * @param received ready to be read; what the answer takes is consumed, and nothing when it is not whole
     * @param ended whether nothing follows, which ends an answer without a length
     * @param hasBody false for answers to HEAD
     */
    static Optional<Answer> take(ByteBuffer received, boolean ended, boolean hasBody) {
        // One byte is one character, so that positions in the text are positions in the buffer.
        String text = StandardCharsets.ISO_8859_1.decode(received.duplicate()).toString();
        int headLength = text.indexOf(END_OF_HEAD);
        if (headLength < 0) {
            return Optional.empty();
        }
        String[] lines = text.substring(0, headLength).split("\r\n", -1);
        int status = Integer.parseInt(lines[0].split(" ", -1)[1]);
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        int start = headLength + END_OF_HEAD.length();
        if (!hasBody || status < 200 || status == 204 || status == 304) {
            return taken(received, start, new Answer(status, headers, ""));
        }
        if (headers.containsKey("transfer-encoding")) {
            int last = text.indexOf("0" + END_OF_HEAD, start);
            return last < 0
                    ? Optional.empty()
                    : taken(
                            received,
                            last + 1 + END_OF_HEAD.length(),
                            new Answer(status, headers, text.substring(start, last)));
        }
        int end = headers.containsKey("content-length")
                ? start + Integer.parseInt(headers.get("content-length"))
                : ended ? text.length() : Integer.MAX_VALUE;
        return text.length() < end
                ? Optional.empty()
                : taken(received, end, new Answer(status, headers, text.substring(start, end)));
    }

    private static Optional<Answer> taken(ByteBuffer received, int length, Answer answer) {
        received.position(received.position() + length);
        return Optional.of(answer);
    }
}
