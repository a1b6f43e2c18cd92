package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The runnable jar brings the licence of each artifact that it holds a part of. */
class LicencesIT {
    private static final String JAR = System.getProperty("latchkey.jar", "target/latchkey.jar");
    private static final String LIST = "META-INF/licenses/THIRD-PARTY.txt";

    /** A jar in Maven's repository: its group as a path, its artifact, its version. */
    private static final Pattern ARTIFACT = Pattern.compile(".*/repository/(.+)/([^/]+)/([^/]+)/\\2-\\3[^/]*\\.jar");

    @Test
    void everyArtifactInTheJar_hasALine_andTheTextsThatItNames() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            List<String> lines = lines(jar);
            List<String> bundled = bundled(jar);
            assertThat(bundled).contains("org.xerial:sqlite-jdbc").hasSizeGreaterThan(20);

            assertThat(bundled).allSatisfy(artifact -> assertThat(lines).anyMatch(line -> isOf(line, artifact)));
            assertThat(lines).allSatisfy(line -> {
                String[] columns = line.split(" \\| ", -1);
                assertThat(columns).hasSize(4).doesNotContain("");
                assertThat(Arrays.asList(columns[3].split(", ", -1)))
                        .allSatisfy(
                                text -> assertThat(jar.getEntry(text)).as(text).isNotNull());
            });
        }
    }

    private static List<String> lines(JarFile jar) throws IOException {
        JarEntry list = jar.getJarEntry(LIST);
        assertThat(list).as(LIST).isNotNull();
        String text = new String(jar.getInputStream(list).readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().filter(line -> line.contains(" | ")).toList();
    }

    private static boolean isOf(String line, String artifact) {
        String named = line.substring(0, line.indexOf(" | "));
        return named.endsWith(":*")
                ? artifact.startsWith(named.substring(0, named.length() - 1))
                : artifact.equals(named);
    }

    /** Those of the class path of which the jar holds a class. */
    private static List<String> bundled(JarFile jar) throws IOException {
        List<String> bundled = new ArrayList<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Matcher artifact = ARTIFACT.matcher(path.replace(File.separatorChar, '/'));
            if (artifact.matches() && holdsAClassOf(path, jar)) {
                bundled.add(artifact.group(1).replace('/', '.') + ":" + artifact.group(2));
            }
        }
        return bundled.stream().distinct().toList();
    }

    private static boolean holdsAClassOf(String path, JarFile jar) throws IOException {
        try (JarFile artifact = new JarFile(path)) {
            return artifact.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                    .anyMatch(name -> jar.getEntry(name) != null);
        }
    }
}
