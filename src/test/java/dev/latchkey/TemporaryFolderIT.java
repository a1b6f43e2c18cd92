package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar where the folder for temporary files takes none, as in a read-only container. */
class TemporaryFolderIT {
    private static final String JAR = System.getProperty("latchkey.jar", "target/latchkey.jar");

    @TempDir
    Path folder;

    @TempDir
    Path store;

    @Test
    void theStoresFolderIsTaken_andNothingIsLeftInIt() throws IOException {
        String db = store.resolve("a.db").toString();

        Processes.Outcome outcome = latchkey("scopes", "add", "fx", "--db", db);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
        try (Stream<Path> left = Files.list(store)) {
            assertThat(left).containsExactly(store.resolve("a.db"));
        }
    }

    @Test
    void withoutAFolderForTheStore_oneLineNamesTheProperty() {
        Processes.Outcome outcome = latchkey("serve", "--port", "0", "--db", ":memory:");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines()).singleElement().asString().contains("-Djava.io.tmpdir=FOLDER");
    }

    private Processes.Outcome latchkey(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder.resolve("missing"),
                "-jar",
                JAR));
        command.addAll(Arrays.asList(words));
        return Processes.run(folder, Map.of(), command);
    }
}
