package dev.latchkey;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.latchkey.harness.OwnClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The floors: imports only go down, and each library is known to few packages. */
class ArchitectureTest {
    private static final String ROOT = "dev.latchkey";

    private static final JavaClasses CLASSES = OwnClasses.ALL;

    /** The floor of each package; packages on one floor do not know each other. */
    private static final Map<String, Integer> FLOORS = Map.ofEntries(
            Map.entry("error", 0),
            Map.entry("json", 0),
            Map.entry("digest", 0),
            Map.entry("file", 0),
            Map.entry("log", 0),
            Map.entry("network", 0),
            Map.entry("permission", 10),
            Map.entry("audit", 11),
            Map.entry("scope", 20),
            Map.entry("issuer", 20),
            Map.entry("accesskey", 21),
            Map.entry("accesskey.advice", 22),
            Map.entry("accesskey.importing", 22),
            Map.entry("accesskey.statistics", 22),
            Map.entry("client", 22),
            Map.entry("signingkey", 20),
            Map.entry("user", 20),
            Map.entry("token", 30),
            Map.entry("token.issuing", 31),
            Map.entry("config", 40),
            Map.entry("crypto.pem", 39),
            Map.entry("crypto", 40),
            Map.entry("crypto.tls", 40),
            Map.entry("jose", 40),
            Map.entry("sql.files", 37),
            Map.entry("sql.database", 38),
            Map.entry("sql.transfer", 39),
            Map.entry("sql.row", 39),
            Map.entry("sql", 40),
            Map.entry("http.client", 40),
            Map.entry("http.log", 39),
            Map.entry("http.exchange", 40),
            Map.entry("metrics", 41),
            Map.entry("http.dashboard", 41),
            Map.entry("http.oauth", 41),
            Map.entry("http.api", 41),
            Map.entry("http.connection", 41),
            Map.entry("http.server", 42),
            Map.entry("http", 43),
            Map.entry("server", 50),
            Map.entry("dev.profile", 59),
            Map.entry("dev.tokens", 59),
            Map.entry("dev.endpoint", 60),
            Map.entry("dev.requests", 61),
            Map.entry("dev.faults", 62),
            Map.entry("dev", 63),
            Map.entry("cli.terminal", 70),
            Map.entry("cli.output", 71),
            Map.entry("cli.file", 71),
            Map.entry("cli", 72),
            Map.entry("cli.http", 73),
            Map.entry("cli.command.keys", 75),
            Map.entry("cli.command", 76),
            Map.entry("", 80),
            Map.entry("testing", 81));

    /** Which packages may know a library, by the beginning of its package names. */
    private static final Map<String, List<String>> LIBRARIES = Map.ofEntries(
            Map.entry(
                    "com.fasterxml.jackson.annotation", List.of("issuer", "accesskey", "accesskey.advice", "http.api")),
            Map.entry("com.fasterxml.jackson.core", List.of("json", "cli.output", "cli.command.keys")),
            Map.entry(
                    "com.fasterxml.jackson.databind",
                    List.of(
                            "json",
                            "audit",
                            "issuer",
                            "accesskey",
                            "accesskey.importing",
                            "http.client",
                            "http.exchange",
                            "http.api",
                            "dev",
                            "dev.endpoint",
                            "dev.requests",
                            "dev.faults",
                            "dev.profile",
                            "dev.tokens",
                            "cli.output",
                            "cli.command",
                            "cli.command.keys",
                            "testing",
                            "")),
            Map.entry("org.junit", List.of("testing")),
            Map.entry("org.springframework", List.of("testing")),
            Map.entry("io.javalin", List.of("http.exchange", "http.api", "http.server", "http")),
            Map.entry(
                    "org.eclipse.jetty",
                    List.of(
                            "http.client",
                            "http.connection",
                            "http.server",
                            "dev",
                            "dev.requests",
                            "dev.faults",
                            "dev.profile")),
            Map.entry("io.jsonwebtoken", List.of("jose", "crypto")),
            Map.entry("java.sql", List.of("sql", "sql.database", "sql.row", "sql.transfer")),
            Map.entry("io.prometheus", List.of("metrics")),
            Map.entry("com.zaxxer.hikari", List.of("sql.database")),
            Map.entry("picocli", List.of("cli")),
            Map.entry("com.password4j", List.of("crypto")));

    @Test
    void everyClass_standsInAPackageWithAFloor() {
        assertThat(CLASSES).hasSizeGreaterThan(50);
        assertThat(CLASSES).allSatisfy(type -> assertThat(FLOORS).containsKey(packageOf(type)));
    }

    @Test
    void imports_onlyGoDown() {
        List<String> wrong = new ArrayList<>();
        dependencies().forEach(dependency -> {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (target.getPackageName().startsWith(ROOT)
                    && !mayKnow(packageOf(dependency.getOriginClass()), packageOf(target))) {
                wrong.add(dependency.getDescription());
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** Everything else is public for other packages of ours alone. */
    @Test
    void publicApi_isAClosedList() {
        assertThat(CLASSES.stream()
                        .filter(type -> List.of("", "testing").contains(packageOf(type)))
                        .filter(type ->
                                type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "Latchkey",
                        "LatchkeyException",
                        "Main",
                        "Store",
                        "Break",
                        "Endpoint",
                        "Fault",
                        "LatchkeyExtension");
    }

    @Test
    void packages_formNoCircle() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @TestFactory
    Stream<DynamicTest> libraries_areKnownToTheirPackagesAlone() {
        return LIBRARIES.entrySet().stream()
                .map(library -> DynamicTest.dynamicTest(
                        library.getKey(),
                        () -> assertThat(packagesThatKnow(library.getKey())).isSubsetOf(library.getValue())));
    }

    private static List<String> packagesThatKnow(String library) {
        return dependencies()
                .filter(dependency -> dependency
                        .getTargetClass()
                        .getBaseComponentType()
                        .getPackageName()
                        .startsWith(library))
                .map(dependency -> packageOf(dependency.getOriginClass()))
                .distinct()
                .toList();
    }

    private static Stream<Dependency> dependencies() {
        return CLASSES.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    private static boolean mayKnow(String from, String to) {
        return from.equals(to) || floor(from) > floor(to);
    }

    private static int floor(String name) {
        return Optional.ofNullable(FLOORS.get(name)).orElseThrow(() -> new AssertionError("no floor for " + name));
    }

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }
}
