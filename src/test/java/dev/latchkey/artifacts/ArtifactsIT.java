package dev.latchkey.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is in the jars that other programs get. */
class ArtifactsIT {
    /** Of a class in the testing jar that is ours: where else a class that it names may be. */
    private static final List<String> BESIDE = List.of(
            "dev.latchkey.",
            "java.",
            "javax.",
            "com.sun.",
            "org.slf4j.",
            "org.sqlite.",
            // Annotations, and what a test brings along if it needs it.
            "org.jspecify.",
            "org.junit.",
            "org.opentest4j.",
            "org.postgresql.",
            "org.springframework.");

    @Test
    void thinJar_hasNoCommandAndNoLog() throws IOException {
        List<String> entries = Artifacts.entries(Artifacts.jar("latchkey"));

        assertThat(entries)
                .contains("dev/latchkey/server/LatchkeyServer.class", "dev/latchkey/sql/keys.sql")
                .doesNotContain("dev/latchkey/Main.class")
                .noneMatch(name -> name.startsWith("dev/latchkey/cli/") || name.startsWith("META-INF/services/"));
    }

    @Test
    void thinJar_isOfThisBuild() throws IOException {
        try (JarFile jar = new JarFile(Artifacts.jar("latchkey").toFile())) {
            for (String name : Artifacts.entries(Artifacts.jar("latchkey"))) {
                if (name.endsWith(".class")) {
                    assertThat(jar.getInputStream(jar.getEntry(name)).readAllBytes())
                            .as(name)
                            .isEqualTo(Files.readAllBytes(
                                    Artifacts.ROOT.resolve("target/classes").resolve(name)));
                }
            }
        }
        assertThat(Artifacts.jar("latchkey-testing").toFile().lastModified())
                .isGreaterThanOrEqualTo(Artifacts.jar("latchkey").toFile().lastModified());
    }

    @Test
    void thinAndTestingJar_areModules() throws IOException {
        assertThat(moduleName("latchkey")).isEqualTo("dev.latchkey");
        assertThat(moduleName("latchkey-testing")).isEqualTo("dev.latchkey.testing");
    }

    @Test
    void testingJar_hasEverythingUnderItsOwnName() throws IOException {
        assertThat(Artifacts.entries(Artifacts.jar("latchkey-testing")))
                .contains(
                        "dev/latchkey/shaded/org/eclipse/jetty/server/Server.class",
                        "dev/latchkey/shaded/org/eclipse/jetty/http/mime.properties",
                        "META-INF/services/dev.latchkey.shaded.org.eclipse.jetty.http.HttpFieldPreEncoder")
                .allMatch(name -> name.startsWith("dev/latchkey/")
                        || name.startsWith("META-INF/services/dev.latchkey.shaded.")
                        || name.matches("META-INF/(licenses/)?[^/]+"));
    }

    @Test
    void testingJar_namesNoLibraryThatItMoved() throws IOException {
        JavaClasses classes = new ClassFileImporter()
                .importJar(new JarFile(Artifacts.jar("latchkey-testing").toFile()));

        assertThat(classes.stream()
                        .filter(type -> !type.getPackageName().startsWith("dev.latchkey.shaded"))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(type -> !type.isPrimitive())
                        .map(type -> type.getName())
                        .distinct())
                .hasSizeGreaterThan(500)
                .allMatch(name -> BESIDE.stream().anyMatch(name::startsWith));
    }

    private static String moduleName(String artifact) throws IOException {
        try (JarFile jar = new JarFile(Artifacts.jar(artifact).toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
        }
    }
}
