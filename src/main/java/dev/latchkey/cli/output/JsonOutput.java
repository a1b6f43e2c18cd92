package dev.latchkey.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.latchkey.json.JsonBinding;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one JSON document of {@code --json}, indented for people; nothing in it acts on a terminal. */
public final class JsonOutput {
    private JsonOutput() {}

    /** Writes a document, which may be of any length. */
    public interface Document {
        void write(JsonGenerator out) throws IOException;
    }

    /** A record, a tree or a map. */
    public static void print(PrintStream out, Object document) {
        print(out, json -> json.writePOJO(document));
    }

    /** Written as it is made. */
    public static void print(PrintStream out, Document document) {
        write(out, document);
        out.flush();
    }

    /** The same to any stream, which is flushed and stays open. */
    public static void write(OutputStream out, Document document) {
        try {
            Writer writer = new EscapingJsonWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            try (JsonGenerator json = JsonBinding.indented(writer)) {
                document.write(json);
                json.writeRaw('\n');
            }
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole list in the form in which the API answers a page. */
    public static <T> void printList(PrintStream out, Iterable<T> items, Function<T, Object> json) {
        printPage(out, items, json, () -> null);
    }

    /**
     * One page of a list.
     *
     * @param next what {@code --cursor} takes to go on, asked for after the items; null = there is no more
     */
    public static <T> void printPage(
            PrintStream out, Iterable<T> items, Function<T, Object> json, Supplier<@Nullable String> next) {
        print(out, document -> {
            document.writeStartObject();
            array(document, "data", items, json);
            document.writeStringField("next_cursor", next.get());
            document.writeEndObject();
        });
    }

    /** A field that holds an array, of which one item is in memory at a time. */
    public static <T> void array(JsonGenerator out, String name, Iterable<T> items, Function<T, Object> json)
            throws IOException {
        out.writeArrayFieldStart(name);
        for (T item : items) {
            out.writePOJO(json.apply(item));
        }
        out.writeEndArray();
    }
}
