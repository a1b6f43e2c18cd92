package dev.latchkey.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

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

    /** Reads a text that {@link Json#parse} has accepted; of any other, what comes before its flaw. */
    public static JsonLines of(byte[] utf8) {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = Json.FACTORY.createParser(utf8)) {
            parser.nextToken();
            walk(parser, "", 0, lines);
        } catch (IOException e) {
            return new JsonLines(lines);
        }
        return new JsonLines(lines);
    }

    /** The line of the path, else that of what it lies in; empty when that is the whole document. */
    public OptionalInt of(String path) {
        String place = path;
        while (!place.isEmpty()) {
            Integer line = lines.get(place);
            if (line != null) {
                return OptionalInt.of(line);
            }
            place = place.substring(0, Math.max(0, Math.max(place.lastIndexOf('.'), place.lastIndexOf('['))));
        }
        return OptionalInt.empty();
    }

    private static void walk(JsonParser parser, String path, int depth, Map<String, Integer> lines) throws IOException {
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
                walk(parser, path.isEmpty() ? name : path + "." + name, depth + 1, lines);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                walk(parser, path + "[" + i + "]", depth + 1, lines);
            }
        }
    }
}
