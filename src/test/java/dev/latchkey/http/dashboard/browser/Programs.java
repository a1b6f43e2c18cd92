package dev.latchkey.http.dashboard.browser;

import java.io.File;
import java.util.List;
import java.util.stream.Stream;

/** The browser and its driver, as they are installed. */
public final class Programs {
    private static final List<String> FOLDERS = Stream.concat(
                    Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
                    Stream.of("/usr/bin", "/usr/local/bin"))
            .toList();

    private Programs() {}

    /** The first of these that is there. */
    static File find(String... names) {
        return Stream.of(names)
                .flatMap(name -> FOLDERS.stream().map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + names[0]
                        + " here: install chromium and chromedriver (apt-get install chromium "
                        + "chromium-driver) to run the tests of the dashboard."));
    }
}
