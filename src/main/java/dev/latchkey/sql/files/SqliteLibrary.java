package dev.latchkey.sql.files;

import dev.latchkey.error.ServiceException;
import dev.latchkey.file.ExecutableFolder;
import dev.latchkey.log.LogEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite's native library before the driver would. The driver copies it to a file, compares the two byte by byte
 * and looks through the temporary folder for old ones, which is a good part of a start. Here it is copied once, and on
 * most systems the file is gone as soon as it is loaded. It is copied to the store's folder where the temporary folder
 * takes no files, or none that can be executed. Where loading fails, the driver does it its own way. Thread-safe.
 */
public final class SqliteLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);
    private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";
    private static final String NAME_PROPERTY = "org.sqlite.lib.name";
    private static final String TEMPORARY_PROPERTY = "org.sqlite.tmpdir";
    private static final String JAVA_TEMPORARY_PROPERTY = "java.io.tmpdir";

    /** It has 1.1 MB. */
    private static final long LIBRARY_BYTES = 2 * 1024 * 1024;

    private static boolean tried;

    private SqliteLibrary() {}

    /**
     * Loads it for this file (null = in memory), unless that was done, or the program that this runs in has told the driver
     * where to find it; fails with MISCONFIGURED when there is no folder to load it from.
     */
    public static synchronized void load(@Nullable Path store) {
        String name = System.mapLibraryName("sqlitejdbc");
        if (tried || isFileOfProgram(name)) {
            return;
        }
        List<Path> folders = folders(store);
        Path folder = ExecutableFolder.firstOf(folders, LIBRARY_BYTES).orElseThrow(() -> noFolder(folders));
        tried = true;
        String resource = resourceFolder() + "/" + name;
        @Nullable Path copy = null;
        try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (packed != null) {
                copy = Files.createTempFile(folder, "latchkey-", "-" + name);
                Files.copy(packed, copy, StandardCopyOption.REPLACE_EXISTING);
                loadFrom(copy);
            }
        } catch (Exception e) {
            LogEvent.STORE_NOTE.debug(LOG).setCause(e).log("SQLite's library is left to the driver");
        } finally {
            delete(copy);
        }
    }

    /**
     * The driver starts a process and reads {@code /proc} to tell Linux with glibc from other systems, which is a twentieth of
     * a first start (2026-11-30, samples of the stack on two cores: 36 of 647 ms). Here glibc's own loader tells it, and only
     * where that is not clear the driver is asked.
     */
    private static String resourceFolder() {
        String arch = System.getProperty("os.arch", "");
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        if (linux && arch.equals("amd64") && isGlibc("/lib64/ld-linux-x86-64.so.2", "x86_64")) {
            return "/org/sqlite/native/Linux/x86_64";
        }
        if (linux && arch.equals("aarch64") && isGlibc("/lib/ld-linux-aarch64.so.1", "aarch64")) {
            return "/org/sqlite/native/Linux/aarch64";
        }
        return LibraryLoaderUtil.getNativeLibResourcePath();
    }

    /** Alpine may have both. */
    private static boolean isGlibc(String loader, String machine) {
        return Files.exists(Path.of(loader)) && Files.notExists(Path.of("/lib/ld-musl-" + machine + ".so.1"));
    }

    private static boolean isFileOfProgram(String name) {
        String folder = System.getProperty(FOLDER_PROPERTY);
        return folder != null && Files.exists(Path.of(folder, System.getProperty(NAME_PROPERTY, name)));
    }

    private static List<Path> folders(@Nullable Path store) {
        List<Path> folders = new ArrayList<>();
        String chosen = System.getProperty(TEMPORARY_PROPERTY, System.getProperty(JAVA_TEMPORARY_PROPERTY));
        if (chosen != null && !chosen.isEmpty()) {
            folders.add(Path.of(chosen));
        }
        Path beside = store == null ? null : store.getParent();
        if (beside != null) {
            folders.add(beside);
        }
        return folders;
    }

    private static ServiceException noFolder(List<Path> folders) {
        String searched = folders.stream().distinct().map(Path::toString).collect(Collectors.joining(" or "));
        return ServiceException.misconfigured(
                "SQLite's native library cannot be loaded: no file that can be executed can be made in " + searched
                        + " (missing, full, read-only, or mounted noexec); name a folder that allows it with -D"
                        + JAVA_TEMPORARY_PROPERTY
                        + "=FOLDER after java, or in the environment with JAVA_TOOL_OPTIONS=-D"
                        + JAVA_TEMPORARY_PROPERTY + "=FOLDER.");
    }

    /** The driver reads these properties when it loads the library and never again. */
    private static void loadFrom(Path copy) throws Exception {
        Map<String, String> told = Map.of(
                FOLDER_PROPERTY, String.valueOf(copy.getParent()),
                NAME_PROPERTY, String.valueOf(copy.getFileName()),
                TEMPORARY_PROPERTY, String.valueOf(copy.getParent()));
        Map<String, String> before = new HashMap<>();
        told.forEach((name, value) -> {
            String old = System.setProperty(name, value);
            if (old != null) {
                before.put(name, old);
            }
        });
        try {
            SQLiteJDBCLoader.initialize();
        } finally {
            told.keySet().forEach(System::clearProperty);
            before.forEach(System::setProperty);
        }
    }

    private static void delete(@Nullable Path copy) {
        if (copy != null) {
            try {
                Files.delete(copy);
            } catch (IOException e) {
                // Windows keeps the file of a library that is loaded.
                copy.toFile().deleteOnExit();
            }
        }
    }
}
