package dev.latchkey.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite's native library before the driver would. The driver copies it to a file, compares the two byte by byte
 * and looks through the temporary folder for old ones, which is a good part of a start. Here it is copied once, and on
 * most systems the file is gone as soon as it is loaded. Where that fails, the driver does it its own way. Thread-safe.
 */
final class SqliteLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);
    private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";
    private static final String NAME_PROPERTY = "org.sqlite.lib.name";

    private static boolean tried;

    private SqliteLibrary() {}

    /** Loads it, unless that was done, or the program that this runs in has told the driver where to find it. */
    static synchronized void load() {
        if (tried || System.getProperty(FOLDER_PROPERTY) != null) {
            return;
        }
        tried = true;
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        @Nullable Path copy = null;
        try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (packed != null) {
                copy = Files.createTempFile("latchkey-", "-" + name);
                Files.copy(packed, copy, StandardCopyOption.REPLACE_EXISTING);
                loadFrom(copy);
            }
        } catch (Exception e) {
            LOG.debug("SQLite's library is left to the driver", e);
        } finally {
            delete(copy);
        }
    }

    /** The driver reads both properties when it loads the library and never again. */
    private static void loadFrom(Path copy) throws Exception {
        System.setProperty(FOLDER_PROPERTY, String.valueOf(copy.getParent()));
        System.setProperty(NAME_PROPERTY, String.valueOf(copy.getFileName()));
        try {
            SQLiteJDBCLoader.initialize();
        } finally {
            System.clearProperty(FOLDER_PROPERTY);
            System.clearProperty(NAME_PROPERTY);
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
