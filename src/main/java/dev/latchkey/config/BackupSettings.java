package dev.latchkey.config;

import dev.latchkey.error.ServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** Where and how often a service copies its store, and how many copies stay. */
public record BackupSettings(Path folder, Duration every, int keep) {
    private static final Duration LEAST_EVERY = Duration.ofMinutes(1);

    private static final Pattern POSTGRESQL = Pattern.compile("(jdbc:)?postgres(ql)?:");

    /** Fails, by the name of the flag, where the store is none that can be copied, or a setting makes no sense. */
    static BackupSettings of(Path folder, Duration every, int keep, String db) {
        check(
                !POSTGRESQL.matcher(db).lookingAt(),
                ServeFlag.BACKUP_DIR,
                "is for a store in SQLite; back one in PostgreSQL up with pg_dump, such as: pg_dump -Fc -f FILE DATABASE");
        check(
                !db.equals(ServeSettings.IN_MEMORY),
                ServeFlag.BACKUP_DIR,
                "is for a store in a file, and this one is in memory");
        check(Files.isDirectory(folder), ServeFlag.BACKUP_DIR, "must be a folder that is there; make it first");
        check(every.compareTo(LEAST_EVERY) >= 0, ServeFlag.BACKUP_EVERY, "must be 1m or more");
        check(keep >= 1, ServeFlag.BACKUP_KEEP, "must be 1 or more");
        return new BackupSettings(folder, every, keep);
    }

    private static void check(boolean holds, ServeFlag flag, String message) {
        if (!holds) {
            throw ServiceException.invalid(flag.flag(), message);
        }
    }
}
