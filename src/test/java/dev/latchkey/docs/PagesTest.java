package dev.latchkey.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.docs.Page.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The pages together: the README's index has each of them, links lead somewhere, and each block is run by a test. */
class PagesTest {
    /**
     * Page, heading, language of a block, and the test that runs it or compares it with what runs; or else why none does.
     * The first row that fits counts, and * fits all.
     */
    private static final String BLOCKS = """
            README.md                | *                                 | *    | dev.latchkey.ReadmeIT
            api.md                   | *                                 | *    | dev.latchkey.docs.ApiPageTest
            architecture.md          | The floors                        |      | a drawing
            clients.md               |                                   | bash | dev.latchkey.ShellPagesIT
            clients.md               | *                                 | *    | dev.latchkey.docs.ClientsPageTest
            declared-keys.md         | *                                 | *    | dev.latchkey.ShellPagesIT
            deployment.md            | The jar                           | bash | dev.latchkey.ShellPagesIT
            deployment.md            | A container                       | bash | src/container/check.sh does the same by buildah
            deployment.md            | Kubernetes                        | bash | a cluster; src/deploy/check.sh holds the manifest to the schema
            deployment.md            | *                                 | bash | a machine that boots systemd; src/deploy/check-page.sh runs them there
            embedding.md             | *                                 | *    | dev.latchkey.artifacts.EmbeddingPageTest
            forward-authentication.md| nginx                             | *    | dev.latchkey.recipes.NginxTest
            forward-authentication.md| Caddy                             | *    | dev.latchkey.recipes.CaddyTest
            forward-authentication.md| *                                 | yaml | dev.latchkey.recipes.EnvoyAndTraefikTest
            forward-authentication.md| An MCP server                     | *    | dev.latchkey.recipes.McpServerTest
            operations.md            | *                                 | bash | dev.latchkey.docs.OperationsPageTest
            operations.md            | Logs                              |      | dev.latchkey.cli.terminal.RefusalsInBothFormatsTest
            operations.md            | Sign-ins that fail, and fail2ban  | ini  | dev.latchkey.cli.terminal.RefusalsInBothFormatsTest
            operations.md            | Metrics                           | yaml | dev.latchkey.metrics.PrometheusFilesTest
            resource-servers.md      | *                                 | *    | dev.latchkey.recipes.ResourceServersTest
            scaling.md               |                                   | bash | dev.latchkey.ReadmeIT
            testing-with-latchkey.md | *                                 | bash | dev.latchkey.TestingPageIT
            testing-with-latchkey.md | In your language                  | *    | dev.latchkey.TestingPageIT
            testing-with-latchkey.md | In JUnit tests                    | *    | dev.latchkey.testing.TestingPageTest
            testing-with-latchkey.md | Beside other containers           | yaml | containers and GitHub; src/deploy/check.sh holds the first to the schema
            workload-identity.md     |                                   | bash | dev.latchkey.dev.WorkloadFlowTest
            workload-identity.md     | *                                 | bash | dev.latchkey.cli.command.WorkloadPageTest
            workload-identity.md     | The same as a file                | json | dev.latchkey.cli.command.WorkloadPageTest
            workload-identity.md     | Kubernetes                        | yaml | a cluster, whose kubelet writes the file
            workload-identity.md     | An instance on a cloud            | yaml | a machine of that cloud
            workload-identity.md     | *                                 | yaml | dev.latchkey.dev.WorkloadFlowTest
            """;

    private static final List<String> GROUPS = List.of("Set up", "Use", "Reference", "About");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|<img src=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`]*`");

    private record Row(String page, String heading, String language, String how) {
        static Row of(String line) {
            String[] parts = line.split("\\|", -1);
            return new Row(parts[0].strip(), parts[1].strip(), parts[2].strip(), parts[3].strip());
        }

        boolean fits(Block block) {
            return page.equals(block.page())
                    && (heading.equals("*") || heading.equals(block.heading()))
                    && (language.equals("*") || language.equals(block.language()));
        }
    }

    private static List<Row> rows() {
        return BLOCKS.lines().map(Row::of).toList();
    }

    @Test
    void index_hasEveryPageOnce_inOneOfFourGroups() throws IOException {
        String index = Page.README.text().split("(?m)^## Documentation$", 2)[1].split("(?m)^## ", 2)[0];

        assertThat(Pattern.compile("(?m)^\\*\\*(.*)\\*\\*$").matcher(index).results())
                .extracting(group -> group.group(1))
                .isEqualTo(GROUPS);
        assertThat(LINK.matcher(index).results())
                .extracting(link -> link.group(1))
                .containsExactlyInAnyOrderElementsOf(Page.all().stream()
                        .skip(1)
                        .map(page -> "src/docs/" + page.name())
                        .toList());
    }

    @Test
    void everyLink_leadsToAFile_andToAHeadingOfIt() throws IOException {
        List<String> lost = new ArrayList<>();
        for (Page page : Page.all()) {
            for (MatchResult link : LINK.matcher(CODE.matcher(page.text()).replaceAll(""))
                    .results()
                    .toList()) {
                String target = link.group(1) == null ? link.group(2) : link.group(1);
                if (!target.startsWith("https://") && !leads(page.file(), target)) {
                    lost.add(page.name() + ": " + target);
                }
            }
        }
        assertThat(lost).isEmpty();
    }

    private static boolean leads(Path from, String target) throws IOException {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]);
        return Files.exists(file)
                && (parts.length == 1 || anchors(Files.readString(file)).anyMatch(parts[1]::equals));
    }

    /** The names that headings are given by the site that shows the pages. */
    private static Stream<String> anchors(String text) {
        return Pattern.compile("(?m)^#+ (.*)$")
                .matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'));
    }

    @Test
    void everyBlock_isListed() throws IOException {
        List<Row> rows = rows();
        assertThat(Page.all().stream().flatMap(page -> page.blocks().stream()))
                .allSatisfy(block -> assertThat(rows).anyMatch(row -> row.fits(block)));
    }

    @TestFactory
    Stream<DynamicTest> blocks_areRunBy() {
        List<Row> rows = rows();
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    assertThat(new Page(row.page).blocks().stream())
                            .as("a block that this row is the first to fit")
                            .anyMatch(block -> row.equals(rows.stream()
                                    .filter(each -> each.fits(block))
                                    .findFirst()
                                    .orElseThrow()));
                    assumeThat(row.how).as("it needs " + row.how).startsWith("dev.latchkey.");
                    Path test = Path.of("src/test/java", row.how.replace('.', '/') + ".java");
                    assertThat(Files.readString(test)).contains(row.page.replace("README.md", "Page.README"));
                }));
    }
}
