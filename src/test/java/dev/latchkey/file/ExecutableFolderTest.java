package dev.latchkey.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutableFolderTest {
    @TempDir
    Path folder;

    @Test
    void theFirstFolderThatIsThere_isTaken_andNothingIsLeftInIt() throws IOException {
        List<Path> folders = List.of(folder.resolve("missing"), folder, folder.resolve("other"));

        assertThat(ExecutableFolder.firstOf(folders, 1)).contains(folder);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aFolderWithoutRoom_isPassedOver() {
        assertThat(ExecutableFolder.firstOf(List.of(folder), Long.MAX_VALUE)).isEmpty();
    }
}
