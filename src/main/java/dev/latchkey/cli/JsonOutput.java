package dev.latchkey.cli;

import dev.latchkey.json.JsonWriter;
import java.io.PrintStream;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The one JSON document of {@code --json}. */
final class JsonOutput {
    private JsonOutput() {}

    static void print(PrintStream out, Consumer<JsonWriter> fields) {
        out.writeBytes(JsonWriter.prettyBytes(
                writer -> writer.startObject().fields(fields).endObject()));
        out.flush();
    }

    /** A whole list in the form in which the API answers a page. */
    static <T> void printList(PrintStream out, Collection<T> items, BiConsumer<JsonWriter, T> fields) {
        print(
                out,
                document -> document.arrayField(
                                "data",
                                items,
                                (array, item) -> array.startObject()
                                        .fields(object -> fields.accept(object, item))
                                        .endObject())
                        .fieldOf("next_cursor", null));
    }
}
