package dev.latchkey.http.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A file of the dashboard as it is packed.
 *
 * @param name what it is called on the wire
 * @param text what is in it
 */
record DashboardFile(String name, String text) {
    private static final List<String> OWN = List.of(
            "icon.svg",
            "theme.css",
            "page.css",
            "controls.css",
            "action.js",
            "audit-page.js",
            "brand.js",
            "conflict.js",
            "copy.js",
            "dialog.js",
            "field.js",
            "http.js",
            "key-create.js",
            "key-delete.js",
            "key-draft.js",
            "key-edit.js",
            "key-form.js",
            "key-list.js",
            "key-page.js",
            "key-rotate.js",
            "key-secrets.js",
            "key-state.js",
            "lazy.js",
            "leave.js",
            "main.js",
            "may.js",
            "notice.js",
            "route.js",
            "scope-add.js",
            "scope-page.js",
            "scope-picker.js",
            "secret-panel.js",
            "service.js",
            "session.js",
            "shell.js",
            "sign-in.js",
            "signing-key-page.js",
            "snippets.js",
            "tags.js",
            "time.js",
            "token.js",
            "try-it.js",
            "user-deeds.js",
            "user-page.js");

    /** Everything but the page itself. */
    static List<DashboardFile> all() {
        Stream<DashboardFile> own = OWN.stream().map(name -> new DashboardFile(name, read(name)));
        String preact = "/META-INF/resources/webjars/preact/" + version("preact") + "/";
        return Stream.concat(
                        own,
                        Stream.of(
                                library("preact.js", preact + "dist/preact.mjs"),
                                library("hooks.js", preact + "hooks/dist/hooks.mjs")))
                .toList();
    }

    /** The page, with {@code {assets}} and {@code {preloads}} where the other files are to be named. */
    static String page() {
        return read("index.html");
    }

    /** What the first view needs: all that main.js imports, directly or not, so that it comes in one round. */
    static List<String> firstView() {
        return List.of(
                "main.js",
                "preact.js",
                "hooks.js",
                "tags.js",
                "action.js",
                "notice.js",
                "sign-in.js",
                "shell.js",
                "session.js",
                "http.js",
                "route.js",
                "may.js",
                "dialog.js",
                "field.js",
                "brand.js",
                "lazy.js",
                "key-list.js",
                "key-state.js",
                "time.js");
    }

    /** A browser finds modules by path alone; and the source map that the last line names is not packed. */
    private static DashboardFile library(String name, String path) {
        String text = read(path).replace("from\"preact\"", "from\"./preact.js\"");
        return new DashboardFile(name, text.replaceAll("(?m)^//# sourceMappingURL=.*\\R?", ""));
    }

    private static String version(String library) {
        Properties versions = new Properties();
        try (InputStream in = resource("libraries.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("libraries.properties", e);
        }
        return Objects.requireNonNull(versions.getProperty(library), library);
    }

    private static String read(String path) {
        try (InputStream in = resource(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    private static InputStream resource(String path) {
        return Objects.requireNonNull(DashboardFile.class.getResourceAsStream(path), path);
    }
}
