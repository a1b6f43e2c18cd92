import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Fills the folder that {@code run.sh package} packs, and has a runtime already: the jar without native libraries, those of
 * this platform as files, the licences, and at last the archive of classes.
 *
 * <p>{@code java PackageFiles JAR HOME SECONDS}, the last the time of the jar's file, which the archive of classes holds.
 */
public final class PackageFiles {
    /** A JDK from this one on takes an archive of classes for a jar of the same name, wherever it lies. */
    private static final int RELOCATES = 19;

    /** One before asks for the file that it finds at the recorded path: this one leads to the jar that is started. */
    private static final String JAR_BY_DESCRIPTOR = "/proc/self/fd/9/lib/latchkey.jar";

    private static final String WITH_HOME_AT_9 = "exec 9< \"$0\"; exec \"$@\"";

    private final Path home;
    private final Path lib;

    private PackageFiles(Path home) {
        this.home = home;
        this.lib = home.resolve("lib");
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path jar = Path.of(args[0]);
        PackageFiles files = new PackageFiles(Path.of(args[1]).toAbsolutePath());
        NativeLibraries.unpack(jar, files.lib.resolve("native"));
        files.copy(jar, FileTime.from(Long.parseLong(args[2]), TimeUnit.SECONDS));
        files.train();
    }

    private void copy(Path jar, FileTime time) throws IOException {
        Path copy = lib.resolve("latchkey.jar");
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (ZipEntry entry : from.stream().toList()) {
                if (NativeLibraries.isOne(entry.getName())) {
                    continue;
                }
                ZipEntry same = new ZipEntry(entry);
                same.setCompressedSize(-1);
                to.putNextEntry(same);
                byte[] content = content(from, entry);
                to.write(content);
                if (entry.getName().matches("META-INF/licenses/.*[^/]")) {
                    Path text = home.resolve(entry.getName().substring("META-INF/".length()));
                    Files.createDirectories(text.getParent());
                    Files.write(text, content);
                }
            }
        }
        Files.setLastModifiedTime(copy, time);
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private void train() throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory(home, ".train.");
        try {
            List<String> java = new ArrayList<>(List.of("sh", "-c", WITH_HOME_AT_9, home.toString()));
            java.add(home.resolve("runtime/bin/java").toString());
            java.add("@" + lib.resolve("jvm.options"));
            java.addAll(NativeLibraries.options(lib.resolve("native").toString()));
            String jar = Runtime.version().feature() < RELOCATES
                    ? JAR_BY_DESCRIPTOR
                    : lib.resolve("latchkey.jar").toString();
            Training training = new Training(java, List.of("-jar", jar), scratch);
            training.train();
            if (!training.sawNativeSigner()) {
                throw new IOException("the native signer did not load: "
                        + Files.readString(scratch.resolve("err")).strip());
            }
            for (String name : List.of("latchkey.jsa", "latchkey.aot")) {
                if (Files.exists(scratch.resolve(name))) {
                    Files.move(scratch.resolve(name), lib.resolve(name));
                }
            }
            writeSize(lib.resolve("latchkey.jsa"));
        } finally {
            StartFiles.remove(scratch);
        }
    }

    /** What bin/latchkey compares: a JDK before 25 does not see that such an archive was cut off. */
    private static void writeSize(Path archive) throws IOException {
        if (Files.exists(archive)) {
            Files.writeString(archive.resolveSibling(archive.getFileName() + ".size"), Files.size(archive) + "\n");
        }
    }
}
