package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.docs.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes that the page on testing shows for JUnit work as they stand. */
class TestingPageTest {
    private static final Page PAGE = new Page("testing-with-latchkey.md");

    @Test
    void dependency_isTheOneOfTheSamples() throws IOException {
        String sample = Files.readString(Path.of("src/samples/forward-auth/pom.xml"));
        String version = PAGE.blocks("xml").get(0).replaceAll("(?s).*<version>(.*?)</version>.*", "$1");

        assertThat(sample.replaceAll("(?m)^ +", "").replace("${latchkey.version}", version))
                .contains(PAGE.blocks("xml").get(0).replaceAll("(?m)^ +", ""));
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + version + "</version>");
    }

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
        String block = PAGE.blocks("java").stream()
                .filter(text -> text.contains("class " + name + " {"))
                .findFirst()
                .orElseThrow();
        Path source = Files.writeString(folder.resolve(name + ".java"), block);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
        assertThat(result).isZero();
    }
}
