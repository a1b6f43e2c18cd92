package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Main;
import dev.latchkey.harness.Processes;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that meet many rows take no more memory for them: here, a sixth of the heap that run.sh gives. */
@Tag("load")
class SmallHeapTest {
    private static final String HEAP = "-Xmx16m";
    private static final int KEYS = 15_000;

    @TempDir
    Path folder;

    @Test
    void manyKeys_areImportedListedAndExported_inASmallHeap() throws IOException {
        Path file = document();

        Processes.Outcome refused =
                latchkey("keys", "import", withABadLastRow(file).toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("line " + (KEYS + 2) + ": keys[" + KEYS + "].scopes");
        assertThat(latchkey("keys", "list").err()).contains("There is no access key yet");

        Processes.Outcome imported = latchkey("keys", "import", file.toString(), "--json");
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(Pattern.compile("\"secret\" : \"acs_")
                        .matcher(imported.out())
                        .results())
                .hasSize(KEYS);
        for (List<String> words :
                List.of(List.of("keys", "list", "--json"), List.of("keys", "export"), List.of("keys", "list"))) {
            Processes.Outcome outcome = latchkey(words.toArray(String[]::new));
            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).contains("key 0 ", "key " + (KEYS - 1) + " ");
        }
        assertThat(latchkey("keys", "export", "all.json").exitCode()).isZero();
        assertThat(latchkey("keys", "import", "all.json").out())
                .isEqualTo("Scopes: 0 added. Keys: 0 created, 0 changed, " + KEYS + " unchanged.\n");
    }

    @Test
    void theCostliestRows_areReadOneAtATime() throws IOException {
        String row = "{\"name\":\"n\",\"scopes\":[\"fx\"],\"claims\":{\"a\":[" + "{},".repeat(345_000) + "{}]}}";
        Path file = Files.writeString(
                folder.resolve("keys.json"), "{\"keys\":[" + row + "," + row + "," + row + "," + row + "]}");

        Processes.Outcome outcome = latchkeyIn("-Xmx64m", "keys", "import", file.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).contains("keys[0].claims must be at most 4096 bytes");
    }

    @Test
    void outOfMemory_isOneLineOnStandardError_andExitCodeOne() throws IOException {
        Path file = Files.writeString(folder.resolve("keys.json"), "{\"keys\":[[" + "{},".repeat(300_000) + "{}]]}");

        Processes.Outcome outcome = latchkey("keys", "import", file.toString());

        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines())
                .singleElement()
                .asString()
                .startsWith("latchkey: out of memory; give it more with -Xmx");
    }

    /** A key a line from the second line on; the names end with a space, so that no one is the beginning of another. */
    private Path document() throws IOException {
        Path file = folder.resolve("keys.json");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("{\"scopes\":[{\"name\":\"fx\"}],\"keys\":[\n");
            for (int i = 0; i < KEYS; i++) {
                out.write("{\"name\":\"key " + i + " x\",\"scopes\":[\"fx\"]}" + (i == KEYS - 1 ? "\n" : ",\n"));
            }
            out.write("]}");
        }
        return file;
    }

    private Path withABadLastRow(Path file) throws IOException {
        String bad = Files.readString(file).replace("\n]}", ",\n{\"name\":\"bad\",\"scopes\":[\"no\"]}\n]}");
        return Files.writeString(folder.resolve("bad.json"), bad);
    }

    private Processes.Outcome latchkey(String... words) {
        return latchkeyIn(HEAP, words);
    }

    private Processes.Outcome latchkeyIn(String heap, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Main.class.getName()));
        command.addAll(Arrays.asList(words));
        return Processes.run(folder, Map.of(), command);
    }

    /** Absolute, for the program runs in another folder. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
