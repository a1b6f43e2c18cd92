package dev.latchkey.http.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file of the dashboard as it is served. Which files there are follows from what they name: the page names its style
 * sheets, its icon and {@code main.js}, and a module names the modules that it imports.
 *
 * @param name what it is called on the wire
 * @param text what is in it
 */
record DashboardFile(String name, String text) {
    /** In the page: a file below {@code {assets}}. */
    private static final Pattern NAMED = Pattern.compile("\"\\{assets}/([\\w.-]+)\"");

    /** In a module: one that it imports at once, or later by {@code import('./name.js')}. */
    private static final Pattern IMPORTED = Pattern.compile("(?:from ?|import\\()['\"]\\./([\\w-]+\\.js)['\"]");

    private static final Pattern IMPORTED_AT_ONCE = Pattern.compile("from ?['\"]\\./([\\w-]+\\.js)['\"]");

    private static final String FIRST_MODULE = "main.js";

    /** The modules of Preact, which lie in a folder of their own as they were published. */
    private static final Map<String, String> LIBRARIES =
            Map.of("preact.js", "preact/preact.mjs", "hooks.js", "preact/hooks.mjs");

    /** Everything but the page itself, each file once. */
    static List<DashboardFile> all() {
        Set<String> named = names(NAMED, page());
        return List.copyOf(reachable(named, IMPORTED).values());
    }

    /** The page, with {@code {assets}} and {@code {preloads}} where the other files are to be named. */
    static String page() {
        return read("index.html");
    }

    /** What the first view needs: all that main.js imports, directly or not, so that it comes in one round. */
    static List<String> firstView() {
        return List.copyOf(reachable(Set.of(FIRST_MODULE), IMPORTED_AT_ONCE).keySet());
    }

    /** These files and all that they import, by name, the nearest first. */
    private static Map<String, DashboardFile> reachable(Set<String> from, Pattern imported) {
        Map<String, DashboardFile> found = new LinkedHashMap<>();
        Deque<String> waiting = new ArrayDeque<>(from);
        while (!waiting.isEmpty()) {
            String name = waiting.remove();
            if (!found.containsKey(name)) {
                DashboardFile file = load(name);
                found.put(name, file);
                waiting.addAll(names(imported, file.text()));
            }
        }
        return found;
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A browser finds modules by path alone; and the source map that a library's last line names is not packed. */
    private static DashboardFile load(String name) {
        String library = LIBRARIES.get(name);
        if (library == null) {
            return new DashboardFile(name, read(name));
        }
        String text = read(library).replace("from\"preact\"", "from\"./preact.js\"");
        return new DashboardFile(name, text.replaceAll("(?m)^//# sourceMappingURL=.*\\R?", ""));
    }

    static String read(String path) {
        try (InputStream in = Objects.requireNonNull(DashboardFile.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
