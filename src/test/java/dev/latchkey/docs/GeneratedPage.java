package dev.latchkey.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page that is made of what the program says itself, and kept beside the others. */
final class GeneratedPage {
    private static final String RENEW = "docs.renew";

    private GeneratedPage() {}

    /** Fails, and says how to renew it, where the page is not this text. */
    static void check(String name, String text) throws IOException {
        Path page = Path.of("src/docs", name);
        if (Boolean.getBoolean(RENEW)) {
            Files.writeString(page, text);
        }
        assertThat(page)
                .as("renew it with: ./run.sh test -Dtest='dev/latchkey/docs/*Test' -D%s=true", RENEW)
                .hasContent(text);
    }
}
