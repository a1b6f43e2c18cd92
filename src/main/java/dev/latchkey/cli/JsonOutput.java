package dev.latchkey.cli;

import dev.latchkey.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one JSON document of {@code --json}. */
final class JsonOutput {
    private JsonOutput() {}

    /** One object, indented for people; nothing in it acts on a terminal. Written as it is made. */
    static void print(PrintStream out, Consumer<JsonWriter> fields) {
        write(out, fields);
        out.flush();
    }

    /** The same to any stream, which is flushed and stays open. */
    static void write(OutputStream out, Consumer<JsonWriter> fields) {
        try {
            Writer writer = new VisibleJsonWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            JsonWriter.stream(writer, json -> json.startObject().fields(fields).endObject());
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole list in the form in which the API answers a page. */
    static <T> void printList(PrintStream out, Iterable<T> items, BiConsumer<JsonWriter, T> fields) {
        printPage(out, items, fields, () -> null);
    }

    /**
     * One page of a list.
     *
     * @param next what {@code --cursor} takes to go on, asked for after the items; null = there is no more
     */
    static <T> void printPage(
            PrintStream out, Iterable<T> items, BiConsumer<JsonWriter, T> fields, Supplier<@Nullable String> next) {
        print(
                out,
                document -> document.arrayField(
                                "data",
                                items,
                                (array, item) -> array.startObject()
                                        .fields(object -> fields.accept(object, item))
                                        .endObject())
                        .field("next_cursor", next.get()));
    }
}
