package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes that the page on testing shows for JUnit work as they stand. */
class TestingPageTest {
    private static final Path PAGE = Path.of("src/docs/testing-with-latchkey.md");

    @Test
    void testClassesOfThePage_work(@TempDir Path folder) throws IOException {
        compile("OrdersTest", folder);
        List<String> classPath = new ArrayList<>(ChildProcess.classPath(name -> true));
        classPath.add(folder.toString());

        ChildProcess.passes("OrdersTest", 3, classPath, folder);
    }

    @Test
    void classForSpring_compiles(@TempDir Path folder) throws IOException {
        compile("ApiTest", folder);

        assertThat(folder.resolve("ApiTest.class")).exists();
    }

    private static void compile(String name, Path folder) throws IOException {
        String block = Pattern.compile("(?ms)^```java\\n(.*?)^```$")
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .filter(text -> text.contains("class " + name + " {"))
                .findFirst()
                .orElseThrow();
        Path source = Files.writeString(folder.resolve(name + ".java"), block);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
        assertThat(result).isZero();
    }
}
