package dev.latchkey.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document of any length, {@code {"name":[row, …], …}}, one row at a time and as strictly as {@link JsonBinding}.
 * Holds one row in memory, which may have {@value #MAX_ROW_BYTES} bytes. Not thread-safe; lives for one document.
 */
public final class JsonRows {
    /** A row of more bytes than this is refused. */
    public static final int MAX_ROW_BYTES = 1_048_576;

    /** Takes what is read, in the order of the document. */
    public interface Visitor {
        /** Whether the rows of this member are wanted; others are checked for their syntax alone. */
        boolean wants(String member);

        /** A member whose value is not an array. */
        void notAnArray(String member);

        /** One row, by its place in the array, from 0; it took about so many bytes of the document. */
        void row(String member, int index, JsonNode value, long bytes);
    }

    private final RowStream stream;
    private final Visitor visitor;

    private JsonRows(RowStream stream, Visitor visitor) {
        this.stream = stream;
        this.visitor = visitor;
    }

    /**
     * Reads the document in UTF-8 to its end, and closes it; fails when it is not JSON, not an object, or a row is too
     * large.
     */
    public static void read(InputStream in, Visitor visitor) throws JsonSyntaxException, IOException {
        RowStream stream = new RowStream(in);
        try (JsonParser parser = new StrictParser(StrictParser.FACTORY.createParser(stream))) {
            try {
                new JsonRows(stream, visitor).document(parser);
            } catch (RowTooLargeException e) {
                throw new JsonSyntaxException("holds a row of more than " + MAX_ROW_BYTES + " bytes at line "
                        + parser.currentLocation().getLineNr());
            } catch (IOException e) {
                throw StrictParser.syntaxError(e);
            }
        }
    }

    private void document(JsonParser parser) throws IOException, JsonSyntaxException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new JsonSyntaxException("is empty; JSON is wanted");
        }
        if (first != JsonToken.START_OBJECT) {
            throw new JsonSyntaxException("is not a JSON object");
        }
        while (next(parser) == JsonToken.FIELD_NAME) {
            member(parser, parser.currentName());
        }
        if (next(parser) != null) {
            throw new JsonSyntaxException("has something after the end of the JSON document");
        }
    }

    private void member(JsonParser parser, String name) throws IOException {
        if (next(parser) != JsonToken.START_ARRAY) {
            visitor.notAnArray(name);
            parser.skipChildren();
            return;
        }
        boolean wanted = visitor.wants(name);
        for (int i = 0; next(parser) != JsonToken.END_ARRAY; i++) {
            long start = parser.currentTokenLocation().getByteOffset();
            if (wanted) {
                JsonNode row = JsonBinding.node(parser);
                visitor.row(name, i, row, parser.currentLocation().getByteOffset() - start);
            } else {
                parser.skipChildren();
            }
        }
    }

    private @Nullable JsonToken next(JsonParser parser) throws IOException {
        stream.beginRow();
        return parser.nextToken();
    }

    /** Counts what is read since a row began. The parser reads ahead, by a buffer of some kilobytes. */
    private static final class RowStream extends FilterInputStream {
        private long sinceRow;

        RowStream(InputStream in) {
            super(in);
        }

        void beginRow() {
            sinceRow = 0;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int bytes) throws RowTooLargeException {
            sinceRow += bytes;
            if (sinceRow > MAX_ROW_BYTES) {
                throw new RowTooLargeException();
            }
        }
    }

    private static final class RowTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
