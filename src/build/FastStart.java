import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Readies what makes a start fast, once for a jar and a JDK: the native libraries as files, and an archive of the classes as
 * they are loaded and linked (an AOT cache from JDK 25 on). What java is given then stands in {@code target/java.options},
 * whose first line is the title that {@code run.sh} compares. The program runs as well without all of this.
 *
 * <p>{@code java FastStart.java TARGET TITLE [JVM-FLAG...]}. A JDK before 24 archives few classes where the path to the jar
 * has a space or the like.
 */
public final class FastStart {
    private static final int READY_SECONDS = 60;
    private static final int TOKENS = 3;

    private final Path jar;
    private final Path kept;
    private final Path options;
    private final String title;
    private final List<String> flags;
    private final Path scratch;
    private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    private FastStart(Path target, String title, List<String> flags) throws IOException {
        this.jar = target.resolve("latchkey.jar");
        this.kept = target.resolve("start");
        this.options = target.resolve("java.options");
        this.title = title;
        this.flags = flags;
        this.scratch = Files.createTempDirectory(target, ".prepare.");
    }

    public static void main(String[] args) throws Exception {
        Path target = Path.of(args[0]);
        try (FileChannel channel = FileChannel.open(
                        target.resolve(".prepare.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            // Another one readies it just now: this start is a slower one.
            if (lock != null) {
                removeLeftovers(target);
                new FastStart(target, args[1], List.of(args).subList(2, args.length)).run();
            }
        }
    }

    /** Folders of a program that was killed. */
    private static void removeLeftovers(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            for (Path left : files.filter(FastStart::isScratch).toList()) {
                remove(left);
            }
        }
    }

    private static boolean isScratch(Path path) {
        return path.getFileName().toString().startsWith(".prepare.") && Files.isDirectory(path);
    }

    private void run() throws IOException, InterruptedException {
        try {
            unpackNatives();
            writeOptions(scratch);
            train();
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

    /** Starts the program, has it issue and verify tokens, and lets the JVM keep the classes that took. */
    private void train() throws IOException, InterruptedException {
        // Without the profiles that the first compiler writes for the second: those have a start compile a lot at once.
        List<String> keep = Runtime.version().feature() >= 25
                ? List.of("-XX:AOTCacheOutput=latchkey.aot", "-XX:TieredStopAtLevel=1")
                : List.of("-XX:ArchiveClassesAtExit=latchkey.jsa");
        Process service = latchkey(keep, Map.of(), "serve", "--port", "0")
                .redirectOutput(scratch.resolve("out").toFile())
                .redirectError(scratch.resolve("err").toFile())
                .start();
        try {
            String url = awaitUrl(service);
            if (url != null) {
                use(url);
            }
        } finally {
            service.destroy();
            if (!service.waitFor(READY_SECONDS, TimeUnit.SECONDS)) {
                service.destroyForcibly();
            }
        }
    }

    private void use(String url) throws IOException, InterruptedException {
        Map<String, String> key = call(
                        Map.of(), "", "keys", "create", "archive", "--scopes", "archive", "--add-scopes", "--env")
                .lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        String token = "";
        for (int i = 0; i < TOKENS; i++) {
            token = call(key, "", "token", "--url", url);
        }
        call(Map.of(), token, "inspect", "-", "--jwks-url", url + "/.well-known/jwks.json");
    }

    /** What a command prints. */
    private String call(Map<String, String> environment, String in, String... words)
            throws IOException, InterruptedException {
        Process process = latchkey(List.of(), environment, words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().write(in.getBytes());
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return out;
    }

    private ProcessBuilder latchkey(List<String> more, Map<String, String> environment, String... words) {
        List<String> command = new ArrayList<>(List.of(java.toString(), "@java.options"));
        command.addAll(more);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY_"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** The URL of the line that says that the service is ready; null when it ends or takes too long. */
    private String awaitUrl(Process service) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(READY_SECONDS)) {
            String out = Files.readString(scratch.resolve("out"));
            String begin = "Latchkey is ready on ";
            if (out.startsWith(begin) && out.indexOf(' ', begin.length()) > 0) {
                return out.substring(begin.length(), out.indexOf(' ', begin.length()));
            }
            if (service.waitFor(50, TimeUnit.MILLISECONDS)) {
                return null;
            }
        }
        return null;
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
