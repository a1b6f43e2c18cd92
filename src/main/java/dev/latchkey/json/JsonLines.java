package dev.latchkey.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * On which line of a JSON text a value stands, so that a message can lead there. Immutable and thread-safe.
 *
 * @param lines from paths such as {@code keys[3].name} to lines, counted from 1
 */
public record JsonLines(Map<String, Integer> lines) {
    /** As deep as rows of a table and their fields lie; what is below has the line of the field. */
    private static final int DEPTH = 3;

    public JsonLines {
        lines = Map.copyOf(lines);
    }

    /**
     * Looks for some paths in a text that was accepted; of any other, in what comes before its flaw. Holds no more than
     * those. Closes the stream of UTF-8.
     */
    public static JsonLines find(InputStream in, Collection<String> paths) {
        Set<String> wanted = new HashSet<>();
        for (String path : paths) {
            for (String place = path; !place.isEmpty(); place = above(place)) {
                wanted.add(place);
            }
        }
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = StrictParser.FACTORY.createParser(in)) {
            parser.nextToken();
            walk(parser, "", 0, wanted, lines);
        } catch (IOException e) {
            return new JsonLines(lines);
        }
        return new JsonLines(lines);
    }

    /** The line of the path, else that of what it lies in; empty when that is the whole document. */
    public OptionalInt of(String path) {
        for (String place = path; !place.isEmpty(); place = above(place)) {
            Integer line = lines.get(place);
            if (line != null) {
                return OptionalInt.of(line);
            }
        }
        return OptionalInt.empty();
    }

    /** The path of what a value lies in; empty for the document. */
    private static String above(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }

    private static void walk(JsonParser parser, String path, int depth, Set<String> wanted, Map<String, Integer> lines)
            throws IOException {
        if (!path.isEmpty() && !wanted.contains(path)) {
            parser.skipChildren();
            return;
        }
        if (!path.isEmpty()) {
            lines.put(path, parser.currentTokenLocation().getLineNr());
        }
        JsonToken token = parser.currentToken();
        if (depth == DEPTH) {
            parser.skipChildren();
        } else if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                walk(parser, path.isEmpty() ? name : path + "." + name, depth + 1, wanted, lines);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                walk(parser, path + "[" + i + "]", depth + 1, wanted, lines);
            }
        }
    }
}
