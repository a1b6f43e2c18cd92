import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The native libraries in the jar: SQLite and the signer. */
final class NativeLibraries {
    private NativeLibraries() {}

    /** Whether an entry of the jar is one, for any platform. */
    static boolean isOne(String name) {
        return name.matches("(org/sqlite/)?native/.*\\.(so|dylib|dll)");
    }

    /** What java is given so that they are loaded from a folder. */
    static List<String> options(String folder) {
        return List.of(
                "-Dcom.amazon.corretto.crypto.provider.useExternalLib=true",
                "-Djava.library.path=" + folder,
                "-Dorg.sqlite.lib.path=" + folder);
    }

    /** Writes those for this platform to a new folder; where there are none for it, makes no folder. */
    static void unpack(Path jar, Path folder) throws IOException {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        boolean mac = system.contains("mac");
        if (!mac && !system.contains("linux") || mac && !arm) {
            return;
        }
        String sqlite = mac ? "Mac/aarch64" : arm ? "Linux/aarch64" : "Linux/x86_64";
        String crypto = mac ? "osx-aarch_64" : arm ? "linux-aarch_64" : "linux-x86_64";
        String suffix = mac ? ".dylib" : ".so";
        Files.createDirectory(folder);
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
}
