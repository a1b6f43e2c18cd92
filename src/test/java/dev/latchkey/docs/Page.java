package dev.latchkey.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page of the documentation. */
final class Page {
    private final String text;

    Page(String name) throws IOException {
        this.text = Files.readString(Path.of("src/docs", name));
    }

    String text() {
        return text;
    }

    /** The blocks in a language, in their order. */
    List<String> blocks(String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
