package dev.latchkey.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The extension works with the oldest JUnit that it is for; its jars are put beside the build. */
class JUnit510IT {
    private static final Path JUNIT = Path.of(System.getProperty("latchkey.root", "."), "target", "junit-5.10");

    @Test
    void extensionOnJUnit510_works(@TempDir Path folder) {
        List<String> classPath = new ArrayList<>(ChildProcess.classPath(
                name -> !name.startsWith("spring-") && !name.startsWith("junit-") && !name.startsWith("opentest4j")));
        classPath.add(JUNIT.toAbsolutePath() + "/*");

        ChildProcess.passes(PlainSample.class.getName(), 4, classPath, folder);
    }
}
