package dev.latchkey.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.latchkey.harness.OwnClasses;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
                .noneMatch(name -> name.startsWith("dev/latchkey/cli/")
                        || name.startsWith("dev/latchkey/metrics/")
                        || name.startsWith("META-INF/services/"));
    }

    @Test
    void jars_areOfThisBuild() throws IOException {
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
        Artifacts.requireOneBuild();
    }

    @Test
    void thinAndTestingJar_areModules() throws IOException {
        assertThat(moduleName("latchkey")).isEqualTo("dev.latchkey");
        assertThat(moduleName("latchkey-testing")).isEqualTo("dev.latchkey.testing");
    }

    @Test
    void documentation_isOfThePublicPackagesAlone() throws IOException {
        assertThat(Artifacts.entries(Artifacts.file("latchkey", "-javadoc.jar")))
                .contains("dev/latchkey/Latchkey.Builder.html", "dev/latchkey/testing/LatchkeyExtension.html")
                .doesNotContain("dev/latchkey/Main.html")
                .filteredOn(name -> name.startsWith("dev/latchkey/"))
                .allMatch(name -> name.matches("dev/latchkey/(testing/)?[A-Za-z.-]+(\\.html)?"));
    }

    @Test
    void sources_areThoseOfTheJar() throws IOException {
        assertThat(Artifacts.entries(Artifacts.file("latchkey", "-sources.jar")))
                .contains("dev/latchkey/Latchkey.java", "dev/latchkey/server/LatchkeyServer.java")
                .doesNotContain("dev/latchkey/Main.java")
                .noneMatch(name -> name.startsWith("dev/latchkey/cli/") || name.startsWith("dev/latchkey/metrics/"));
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
        JarFile jar = new JarFile(Artifacts.jar("latchkey-testing").toFile());
        JavaClasses classes =
                OwnClasses.read(importer -> importer.withImportOption(place -> !place.contains("dev/latchkey/shaded/"))
                        .importJar(jar));

        assertThat(classes.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(type -> !type.isPrimitive())
                        .map(JavaClass::getName)
                        .distinct())
                .hasSizeGreaterThan(500)
                .allMatch(name -> BESIDE.stream().anyMatch(name::startsWith));
    }

    @Test
    void testingJar_withoutPostgresqlsDriver_saysWhatIsMissing() throws Exception {
        List<URL> there = new ArrayList<>(
                List.of(Artifacts.jar("latchkey-testing").toUri().toURL()));
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (path.contains("sqlite-jdbc") || path.contains("slf4j-api")) {
                there.add(Path.of(path).toUri().toURL());
            }
        }
        try (URLClassLoader host =
                new URLClassLoader(there.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> store = host.loadClass("dev.latchkey.Store");
            Class<?> builder = host.loadClass("dev.latchkey.Latchkey$Builder");
            Object latchkey =
                    host.loadClass("dev.latchkey.Latchkey").getMethod("builder").invoke(null);
            builder.getMethod("store", store)
                    .invoke(
                            latchkey,
                            store.getMethod("jdbc", String.class).invoke(null, "jdbc:postgresql://db/tokens"));

            assertThatThrownBy(() -> builder.getMethod("start").invoke(latchkey))
                    .cause()
                    .hasMessageContaining("add org.postgresql:postgresql");
        }
    }

    private static String moduleName(String artifact) throws IOException {
        try (JarFile jar = new JarFile(Artifacts.jar(artifact).toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
        }
    }
}
