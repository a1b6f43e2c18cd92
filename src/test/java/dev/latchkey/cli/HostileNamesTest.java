package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that would act on a page, a statement, a format or a terminal are kept as they are, and shown harmlessly. */
class HostileNamesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "'; DROP TABLE access_keys; --",
                "100% %s %n ${env:HOME} @file",
                "\u202egnp.exe",
                "a\u2028b\u2029c",
                "\u2066left\u2069",
                "👩‍💻 Zürich 漢字 e\u0301",
                "\udb40\udc41tag",
                "-rf",
                "none",
                "\\u001b[31m",
                "\"quoted\" \\ back"
            })
    void name_isRoundTripped_andNothingActsOnTheTerminal(String name) {
        CliStore store = CliStore.in(folder);
        CliRun created = store.run(
                "keys", "create", "--name=" + name, "--description=" + name, "--scopes", "a", "--add-scopes", "--json");
        String id = (String) CliStore.json(created).get("id");
        Map<String, Object> shown = store.show(id);
        assertThat(shown).containsEntry("name", name).containsEntry("description", name);
        assertThat(store.data("keys", "list", "--q=" + name, "--json")).containsExactly(shown);
        String export = store.run("keys", "export").out();
        CliStore other = new CliStore(folder.resolve("other.db"));
        assertThat(other.reading(export, "keys", "import", "-").code()).isZero();
        assertThat(other.show(id)).containsEntry("name", name).containsEntry("description", name);

        List<CliRun> runs = List.of(
                created,
                store.run("keys", "list"),
                store.run("keys", "show", id),
                store.run("keys", "edit", id, "--disabled"),
                store.run("keys", "enable", id),
                store.reading(export.replace("\"enabled\" : true", "\"enabled\" : false"), "keys", "import", "-"),
                store.run("audit"),
                store.run("audit", "--json"),
                store.run("keys", "export"),
                store.run("keys", "rotate", id, "--json"),
                store.typing(List.of(name), "keys", "delete", id));
        assertThat(runs).allSatisfy(run -> {
            assertThat(run.code()).describedAs(run.err()).isZero();
            assertHarmless(run.out());
            assertHarmless(run.err());
        });
    }

    private static void assertHarmless(String text) {
        assertThat(text.codePoints().filter(c -> c != '\n' && c != 0x200D))
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
    }
}
