package dev.latchkey.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.latchkey.harness.OwnClasses;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The POMs that other programs get are held together with the build's: what is used is asked for, in the same version. */
class ArtifactPomsTest {
    /** Packages of the extension's hosts, which bring these along. */
    private static final List<String> OF_THE_TEST = List.of("org.junit.", "org.opentest4j.", "org.springframework.");

    @Test
    void latchkey_asksForTheJarOfEachClassThatItUses() throws IOException {
        Set<String> asked = new TreeSet<>(jars("latchkey"));

        assertThat(usedJars())
                // Jetty's servlets bring it, in the version that they are for.
                .filteredOn(jar -> !jar.startsWith("jakarta.servlet-api-"))
                .hasSizeGreaterThan(10)
                .isSubsetOf(asked);
    }

    @Test
    void poms_askForTheVersionsThatTheTestsRunWith() throws IOException {
        Set<String> there = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(path -> Path.of(path).getFileName().toString())
                .collect(Collectors.toSet());

        assertThat(there).containsAll(jars("latchkey")).containsAll(jars("latchkey-testing"));
    }

    @Test
    void latchkey_leavesToItsUsersWhatTheyCompileWith() throws IOException {
        assertThat(Artifacts.dependencies("latchkey"))
                .filteredOn(dependency -> !dependency.scope().equals("runtime"))
                .singleElement()
                .satisfies(dependency -> assertThat(dependency.artifact()).isEqualTo("jspecify"));
        assertThat(Artifacts.dependencies("latchkey"))
                .noneMatch(dependency -> List.of("picocli", "slf4j-simple").contains(dependency.artifact()));
    }

    @Test
    void testing_asksForNativesAndTheLogAlone() throws IOException {
        assertThat(Artifacts.dependencies("latchkey-testing"))
                .extracting(Artifacts.Dependency::artifact)
                .containsOnly("sqlite-jdbc", "AmazonCorrettoCryptoProvider", "slf4j-api");
    }

    private static List<String> jars(String artifact) throws IOException {
        return Artifacts.dependencies(artifact).stream()
                .map(Artifacts.Dependency::jar)
                .toList();
    }

    /** Of the class path, those with a class that a class of the thin jar names. */
    private static Set<String> usedJars() {
        return OwnClasses.ALL.stream()
                .filter(type -> !type.getName().equals("dev.latchkey.Main")
                        && !type.getPackageName().startsWith("dev.latchkey.cli")
                        && !type.getPackageName().startsWith("dev.latchkey.metrics"))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType)
                .filter(type -> !type.isPrimitive())
                .map(JavaClass::getName)
                .filter(name -> OF_THE_TEST.stream().noneMatch(name::startsWith))
                .distinct()
                .flatMap(ArtifactPomsTest::jarOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Empty for a class of the JDK or of a folder, which is ours. */
    private static Stream<String> jarOf(String type) {
        URL place = ArtifactPomsTest.class.getResource("/" + type.replace('.', '/') + ".class");
        assertThat(place).as(type).isNotNull();
        String path = place.toString();
        return path.startsWith("jar:")
                ? Stream.of(path.substring(0, path.indexOf('!')).replaceFirst(".*/", ""))
                : Stream.empty();
    }
}
