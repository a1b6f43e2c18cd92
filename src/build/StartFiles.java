import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

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
            unpackNatives();
            writeOptions(scratch);
            new Training(jar, scratch).train();
            Path log = scratch.resolve("err");
            // A native signer that does not load from its file is left in the jar.
            if (!Files.exists(log) || !Files.readString(log).contains("signed by AWS-LC")) {
                remove(scratch.resolve("native"));
            }
            keep();
        } finally {
            remove(scratch);
        }
    }

    private void unpackNatives() throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        boolean mac = system.contains("mac");
        if (!mac && !system.contains("linux") || mac && !arm) {
            return;
        }
        String sqlite = mac ? "Mac/aarch64" : arm ? "Linux/aarch64" : "Linux/x86_64";
        String crypto = mac ? "osx-aarch_64" : arm ? "linux-aarch_64" : "linux-x86_64";
        String suffix = mac ? ".dylib" : ".so";
        Path folder = Files.createDirectory(scratch.resolve("native"));
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (String name : List.of(
                    "org/sqlite/native/" + sqlite + "/libsqlitejdbc" + suffix,
                    "native/" + crypto + "/libamazonCorrettoCryptoProvider" + suffix)) {
                ZipEntry entry = zip.getEntry(name);
                if (entry == null) {
                    throw new IOException("the jar has no " + name);
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, folder.resolve(name.substring(name.lastIndexOf('/') + 1)));
                }
            }
        }
    }

    /** The JVM's flags, and what the folder has of native libraries and an archive of classes. */
    private void writeOptions(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(List.of(title));
        lines.addAll(flags);
        if (Files.isDirectory(folder.resolve("native"))) {
            lines.add("-Dcom.amazon.corretto.crypto.provider.useExternalLib=true");
            lines.add(option("-Djava.library.path=", folder.resolve("native")));
            lines.add(option("-Dorg.sqlite.lib.path=", folder.resolve("native")));
        }
        if (Files.exists(folder.resolve("latchkey.jsa"))) {
            lines.add(option("-XX:SharedArchiveFile=", folder.resolve("latchkey.jsa")));
            // Where the JDK was exchanged for another of the same name, it starts without.
            lines.addAll(List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        }
        if (Files.exists(folder.resolve("latchkey.aot"))) {
            lines.add(option("-XX:AOTCache=", folder.resolve("latchkey.aot")));
            lines.addAll(List.of("-Xlog:aot=off", "-Xlog:cds=off"));
        }
        Files.write(folder.resolve("java.options"), lines);
    }

    /** An option with a path, quoted as in a file of java's arguments. */
    private static String option(String name, Path path) {
        return name + '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
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

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
