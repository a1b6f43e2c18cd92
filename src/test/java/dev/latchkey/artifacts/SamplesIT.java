package dev.latchkey.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The samples pass as other programs' projects, with the artifacts of this build and what Maven Central has. */
class SamplesIT {
    private static final Path SAMPLES = Artifacts.ROOT.resolve("src/samples");
    private static final Path PLACE = Artifacts.ROOT.resolve("target/samples");
    private static final Path REPOSITORY = PLACE.resolve("repository");
    private static final Path EMBEDDED = PLACE.resolve("embedded");

    private static final Path TREE = EMBEDDED.resolve("tree.txt");
    private static final Path CLASSPATH = EMBEDDED.resolve("classpath.txt");

    /** What the embedded sample prints. */
    private static String said = "";

    @BeforeAll
    static void installAndRunEmbedded() throws IOException {
        Artifacts.requireOneBuild();
        Folders.delete(PLACE);
        Folders.copy(SAMPLES.resolve("embedded"), EMBEDDED);
        MavenRepositories.share(REPOSITORY, "dev/latchkey");

        maven(
                PLACE,
                "-f" + Artifacts.ROOT.resolve("pom.xml"),
                "install:install-file@latchkey",
                "install:install-file@latchkey-testing");
        said = maven(
                EMBEDDED,
                "compile",
                "exec:java",
                "dependency:tree",
                "-DoutputFile=" + TREE,
                "dependency:build-classpath",
                "-Dmdep.outputFile=" + CLASSPATH);
    }

    @Test
    void embedded_getsAndVerifiesTokens() {
        assertThat(said)
                .contains("in process: {", "by HTTP: {\"access_token\"", "key.create", "REFUSED: ", "NewKey[id=ack_")
                .doesNotContain("acs_");
    }

    @Test
    void embedded_bringsNoLogAndNoCommandLineAlong() throws IOException {
        assertThat(Files.readString(TREE))
                .contains("dev.latchkey:latchkey:jar", "io.javalin:javalin:jar", "org.slf4j:slf4j-api:jar")
                .containsPattern("org.jspecify:jspecify:jar:[0-9.]+:compile")
                .doesNotContain("picocli", "slf4j-simple", "logback", "log4j", "slf4j-jdk14", "jetty-ee10-annotations");
    }

    @Test
    void embedded_runsOnTheModulePath() throws IOException {
        Processes.Outcome outcome = ModulePath.run(
                PLACE.resolve("modules"), Files.readString(CLASSPATH).strip());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("module dev.latchkey", "eyJ");
    }

    @Test
    void forwardAuth_passesItsTests() throws IOException {
        test("forward-auth");
    }

    @Test
    void resourceServer_passesItsTests_withTheTestingArtifact() throws IOException {
        test("resource-server");
    }

    @Test
    void resourceServer_passesItsTests_withTheThinJar() throws IOException {
        test("resource-server", "-Dlatchkey.artifact=latchkey");
    }

    @Test
    void resourceServer_ofSpringBoot3_passesItsTests() throws IOException {
        test("resource-server", "-Pspring-boot-3.5");
    }

    private static void test(String sample, String... arguments) throws IOException {
        Path project = PLACE.resolve(sample + String.join("", arguments));
        Folders.copy(SAMPLES.resolve(sample), project);
        List<String> goals = new ArrayList<>(List.of("test"));
        goals.addAll(List.of(arguments));

        maven(project, goals.toArray(String[]::new));

        assertThat(project.resolve("target/surefire-reports")).isDirectoryContaining("glob:**.xml");
    }

    /** Its standard output. */
    private static String maven(Path project, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("mvn", "-q", "-B", "-ntp", "-Dstyle.color=never"));
        command.add("-Dmaven.repo.local=" + REPOSITORY);
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of(
                "JAVA_HOME", System.getProperty("java.home"), "MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

        Processes.Outcome outcome = Processes.run(project, environment, command);

        assertThat(outcome.exitCode())
                .as("%s%n%s%n%s", command, outcome.out(), outcome.err())
                .isZero();
        return outcome.out();
    }
}
