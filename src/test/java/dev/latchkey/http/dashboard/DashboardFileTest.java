package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.digest.Sha256;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which files the dashboard has, and what they import. */
class DashboardFileTest {
    private static final Pattern IMPORT = Pattern.compile("(?:from|import\\() ?['\"]([^'\"]+)['\"]");

    /** A file that nothing names would be packed for nothing; one that is named and not there fails at once. */
    @Test
    void everyFile_isNamedByThePageOrAModule() throws IOException, URISyntaxException {
        Path packed = Path.of(Objects.requireNonNull(DashboardFile.class.getResource("index.html"))
                        .toURI())
                .getParent();
        try (Stream<Path> files = Files.list(packed)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches(".*\\.(js|css|svg)")))
                    .hasSizeGreaterThan(40)
                    .isSubsetOf(DashboardFile.all().stream()
                            .map(DashboardFile::name)
                            .toList());
        }
    }

    /** As npm has it, and newer than CVE-2026-22028 (JSON that becomes an element; fixed in 10.27.3 and 10.28.2). */
    @Test
    void preact_isAsItWasPublished() {
        assertThat(DashboardFile.read("preact/package.json")).contains("\"version\": \"10.29.8\"");
        assertThat(sha256("preact/preact.mjs"))
                .isEqualTo("c30e721ebfdc6e2ad4c18c14d2dfb82667829c8aec27de1207774e3fc16858a8");
        assertThat(sha256("preact/hooks.mjs"))
                .isEqualTo("a6ee626f2d01570592dd569a792e3f050154aa02890eead8c223fa3ed5aa3d5a");
        assertThat(DashboardFile.read("preact/LICENSE")).startsWith("The MIT License (MIT)");
    }

    @Test
    void modules_importOneAnotherByPathAlone_andEvaluateNothing() {
        List<String> names =
                DashboardFile.all().stream().map(DashboardFile::name).toList();
        for (DashboardFile file : DashboardFile.all()) {
            if (file.name().endsWith(".js")) {
                assertThat(importsOf(file, true))
                        .allSatisfy(name -> assertThat(names).contains(name));
                assertThat(file.text())
                        .doesNotContainPattern("\\beval\\(|new Function|innerHTML ?= ?`|sourceMappingURL");
            }
        }
    }

    @Test
    void theFirstView_isAllThatTheFirstModuleImports() {
        Set<String> needed = new TreeSet<>();
        DashboardFile.all().stream()
                .filter(file -> file.name().equals("main.js"))
                .forEach(main -> gather(main, needed));
        assertThat(DashboardFile.firstView())
                .containsExactlyInAnyOrderElementsOf(needed)
                .hasSizeLessThan(30);
    }

    private static String sha256(String file) {
        byte[] bytes = DashboardFile.read(file).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Sha256.of(bytes));
    }

    /** All that a module imports at once, with what that imports. */
    private static void gather(DashboardFile file, Set<String> into) {
        if (into.add(file.name())) {
            for (String name : importsOf(file, false)) {
                DashboardFile.all().stream()
                        .filter(other -> other.name().equals(name))
                        .forEach(other -> gather(other, into));
            }
        }
    }

    private static List<String> importsOf(DashboardFile file, boolean later) {
        return IMPORT.matcher(file.text())
                .results()
                .filter(found -> later || !found.group().startsWith("import("))
                .map(found -> found.group(1).replaceFirst("^\\./", ""))
                .filter(name -> !name.equals("jose"))
                .toList();
    }
}
