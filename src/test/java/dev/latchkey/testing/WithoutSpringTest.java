package dev.latchkey.testing;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutSpringTest {
    @Test
    void extensionWithoutSpring_works(@TempDir Path folder) {
        ChildProcess.passes(
                PlainSample.class.getName(), 4, ChildProcess.classPath(name -> !name.startsWith("spring-")), folder);
    }
}
