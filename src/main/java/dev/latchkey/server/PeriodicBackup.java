package dev.latchkey.server;

import dev.latchkey.config.BackupSettings;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.SqlStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Copies the store into a folder from time to time and deletes the oldest of its own copies. When the last one was made is
 * told by its name, so that a restart neither adds a copy nor leaves one out. For one thread at a time.
 */
final class PeriodicBackup implements Runnable {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'latchkey-'uuuuMMdd'T'HHmmss'Z.db'").withZone(ZoneOffset.UTC);
    private static final Pattern OURS = Pattern.compile("latchkey-[0-9]{8}T[0-9]{6}Z\\.db");

    /** What a process that was killed has left of a copy. */
    private static final Pattern PART = Pattern.compile("\\.(latchkey-[0-9]{8}T[0-9]{6}Z\\.db)\\.[0-9a-f-]{36}\\.part");

    private static final Duration RETRY = Duration.ofMinutes(5);

    private final BackupSettings settings;
    private final SqlStore store;
    private final Clock clock;
    private Instant next = Instant.MIN;
    private @Nullable RuntimeException failure;

    private PeriodicBackup(BackupSettings settings, SqlStore store, Clock clock) {
        this.settings = settings;
        this.store = store;
        this.clock = clock;
    }

    /** The task; none where no copies are wanted. */
    static List<PeriodicTask> tasks(@Nullable BackupSettings settings, SqlStore store, Clock clock) {
        return settings == null
                ? List.of()
                : List.of(new PeriodicTask("Backing up the store", new PeriodicBackup(settings, store, clock)));
    }

    /** Copies when it is time. After a failure it fails in the same way until it is tried again, which is not at once. */
    @Override
    public void run() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            if (failure != null) {
                throw failure;
            }
            return;
        }
        next = now.plus(RETRY);
        try {
            next = backUp(now).plus(settings.every());
            failure = null;
        } catch (IOException e) {
            failure = ServiceException.of(
                    ErrorKind.MISCONFIGURED,
                    "The folder of the backups " + settings.folder()
                            + " cannot be read or written; check that it is there,"
                            + " and that this user may write to it.",
                    e);
            throw failure;
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    /** Answers when the newest copy was made. */
    private Instant backUp(Instant now) throws IOException {
        String newest = copies(now).stream().reduce("", (first, second) -> second);
        if (!newest.isEmpty()) {
            Instant made = madeAt(newest);
            if (made.plus(settings.every()).isAfter(now)) {
                return made;
            }
        }
        store.backup(settings.folder().resolve(NAME.format(now)));
        deleteOld(now);
        return now;
    }

    private void deleteOld(Instant now) throws IOException {
        List<String> copies = copies(now);
        for (String name : copies.subList(0, Math.max(0, copies.size() - settings.keep()))) {
            Files.deleteIfExists(settings.folder().resolve(name));
        }
        String old = NAME.format(now.minus(settings.every()));
        for (String name : names(PART)) {
            if (PART.matcher(name).replaceFirst("$1").compareTo(old) < 0) {
                Files.deleteIfExists(settings.folder().resolve(name));
            }
        }
    }

    /** Without those of a time to come: a clock that was ahead made them, and they would outlive what is made now. */
    private List<String> copies(Instant now) throws IOException {
        return names(OURS).stream()
                .filter(name -> name.compareTo(NAME.format(now)) <= 0)
                .toList();
    }

    /** The regular files with such a name, the oldest first. */
    private List<String> names(Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.list(settings.folder())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(pattern.asMatchPredicate())
                    .sorted()
                    .toList();
        }
    }

    private static Instant madeAt(String name) {
        return NAME.parse(name, Instant::from);
    }
}
