package dev.latchkey.cli;

import dev.latchkey.json.JsonWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one JSON document of {@code --json}. */
final class JsonOutput {
    private JsonOutput() {}

    static void print(PrintStream out, Consumer<JsonWriter> fields) {
        out.print(text(fields));
        out.flush();
    }

    /** One object, indented for people; nothing in it acts on a terminal. */
    static String text(Consumer<JsonWriter> fields) {
        byte[] utf8 = JsonWriter.prettyBytes(
                writer -> writer.startObject().fields(fields).endObject());
        return Visible.json(new String(utf8, StandardCharsets.UTF_8));
    }

    /** A whole list in the form in which the API answers a page. */
    static <T> void printList(PrintStream out, Collection<T> items, BiConsumer<JsonWriter, T> fields) {
        printPage(out, items, fields, null);
    }

    /**
     * One page of a list.
     *
     * @param next what {@code --cursor} takes to go on; null = there is no more
     */
    static <T> void printPage(
            PrintStream out, Collection<T> items, BiConsumer<JsonWriter, T> fields, @Nullable String next) {
        print(
                out,
                document -> document.arrayField(
                                "data",
                                items,
                                (array, item) -> array.startObject()
                                        .fields(object -> fields.accept(object, item))
                                        .endObject())
                        .field("next_cursor", next));
    }
}
