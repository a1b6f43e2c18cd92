import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files that make a start fast: made in a folder beside those in use, and then put in their place. */
final class StartFiles {
    private final Path jar;
    private final Path kept;
    private final Path options;
    private final String title;
    private final List<String> flags;
    private final Path scratch;

    StartFiles(Path target, String title, List<String> flags) throws IOException {
        this.jar = target.resolve("latchkey.jar");
        this.kept = target.resolve("start");
        this.options = target.resolve("java.options");
        this.title = title;
        this.flags = flags;
        this.scratch = Files.createTempDirectory(target, ".prepare.");
    }

    /** Whether the options that are there were written for this jar, but not for this JDK or place. */
    boolean isOfAnother() throws IOException {
        return Files.exists(options)
                && Files.getLastModifiedTime(options).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    /** Folders of a program that was killed. */
    static void removeLeftovers(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            for (Path left : files.filter(StartFiles::isScratch).toList()) {
                remove(left);
            }
        }
    }

    private static boolean isScratch(Path path) {
        return path.getFileName().toString().startsWith(".prepare.") && Files.isDirectory(path);
    }

    void make() throws IOException, InterruptedException {
        try {
            NativeLibraries.unpack(jar, scratch.resolve("native"));
            writeOptions(scratch);
            String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Training training = new Training(List.of(java, "@java.options"), List.of("-jar", jar.toString()), scratch);
            training.train();
            // A native signer that does not load from its file is left in the jar.
            if (!training.sawNativeSigner()) {
                remove(scratch.resolve("native"));
            }
            keep();
        } finally {
            remove(scratch);
        }
    }

    /** The JVM's flags, and what the folder has of native libraries and an archive of classes. */
    private void writeOptions(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(List.of(title));
        lines.addAll(flags);
        if (Files.isDirectory(folder.resolve("native"))) {
            lines.addAll(NativeLibraries.options(quoted(folder.resolve("native"))));
        }
        if (Files.exists(folder.resolve("latchkey.jsa"))) {
            lines.add("-XX:SharedArchiveFile=" + quoted(folder.resolve("latchkey.jsa")));
            // Where the JDK was exchanged for another of the same name, it starts without.
            lines.addAll(List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        }
        if (Files.exists(folder.resolve("latchkey.aot"))) {
            lines.add("-XX:AOTCache=" + quoted(folder.resolve("latchkey.aot")));
            lines.addAll(List.of("-Xlog:aot=off", "-Xlog:cds=off"));
        }
        Files.write(folder.resolve("java.options"), lines);
    }

    /** A path as in a file of java's arguments. */
    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Each file takes the place of the one before in one step: a program that runs on that one keeps it. */
    private void keep() throws IOException {
        Files.createDirectories(kept);
        for (String name : List.of("latchkey.jsa", "latchkey.aot")) {
            replace(scratch.resolve(name), kept.resolve(name));
        }
        if (Files.isDirectory(scratch.resolve("native"))) {
            Files.createDirectories(kept.resolve("native"));
            try (Stream<Path> libraries = Files.list(scratch.resolve("native"))) {
                for (Path library : libraries.toList()) {
                    replace(library, kept.resolve("native").resolve(library.getFileName()));
                }
            }
        } else {
            remove(kept.resolve("native"));
        }
        writeOptions(kept);
        replace(kept.resolve("java.options"), options);
    }

    private static void replace(Path fresh, Path old) throws IOException {
        if (Files.exists(fresh)) {
            Files.move(fresh, old, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(old);
        }
    }

    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
