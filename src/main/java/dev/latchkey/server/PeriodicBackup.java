package dev.latchkey.server;

import dev.latchkey.config.BackupSettings;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.digest.Sha256;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.sql.database.DatabaseOpener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Copies the store into a folder from time to time and deletes the oldest of its own copies. Which store a copy is of, and
 * when it was made, is told by its name: a restart neither adds a copy nor leaves one out, and stores may share a folder.
 * For one thread at a time.
 */
final class PeriodicBackup implements Runnable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final String END = ".db";
    private static final int PLACE_BYTES = 4;

    private static final Duration RETRY = Duration.ofMinutes(5);

    private final BackupSettings settings;
    private final String prefix;
    private final SqlStore store;
    private final Clock clock;
    private Instant next = Instant.MIN;
    private @Nullable RuntimeException failure;

    private PeriodicBackup(BackupSettings settings, String prefix, SqlStore store, Clock clock) {
        this.settings = settings;
        this.prefix = prefix;
        this.store = store;
        this.clock = clock;
    }

    /** The task; none where no copies are wanted. */
    static List<PeriodicTask> tasks(ServeSettings settings, SqlStore store, Clock clock) {
        BackupSettings backups = settings.backups();
        if (backups == null) {
            return List.of();
        }
        String prefix = prefix(DatabaseOpener.file(settings.db()).orElse(Path.of("latchkey")));
        return List.of(new PeriodicTask("Backing up the store", new PeriodicBackup(backups, prefix, store, clock)));
    }

    /** The store's name, and what tells it from one of the same name in another folder. */
    private static String prefix(Path file) {
        byte[] place = Sha256.of(file.toString().getBytes(StandardCharsets.UTF_8));
        String name = String.valueOf(file.getFileName());
        return (name.endsWith(END) ? name.substring(0, name.length() - END.length()) : name) + "-"
                + HexFormat.of().formatHex(place, 0, PLACE_BYTES) + "-";
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
        Map.Entry<Instant, Path> newest = copies(now).lastEntry();
        if (newest != null && newest.getKey().plus(settings.every()).isAfter(now)) {
            return newest.getKey();
        }
        store.backup(settings.folder().resolve(prefix + TIME.format(now) + END));
        deleteOld(now);
        return now;
    }

    private void deleteOld(Instant now) throws IOException {
        NavigableMap<Instant, Path> copies = copies(now);
        while (copies.size() > settings.keep()) {
            Files.deleteIfExists(copies.pollFirstEntry().getValue());
        }
        // What processes that were killed have left of their copies.
        Pattern part = Pattern.compile("\\.(.*)\\.[0-9a-f-]{36}\\.part");
        for (Path file : made(part).headMap(now.minus(settings.every()), false).values()) {
            Files.deleteIfExists(file);
        }
    }

    /** Without those of a time to come: a clock that was ahead made them, and they would outlive what is made now. */
    private NavigableMap<Instant, Path> copies(Instant now) throws IOException {
        return made(Pattern.compile("(.*)")).headMap(now, true);
    }

    /** The regular files whose name has that of a copy of this store as the pattern's group, by when that was made. */
    private NavigableMap<Instant, Path> made(Pattern pattern) throws IOException {
        NavigableMap<Instant, Path> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(settings.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher name = pattern.matcher(String.valueOf(file.getFileName()));
                Instant made = name.matches() ? madeAt(name.group(1)) : null;
                if (made != null) {
                    found.put(made, file);
                }
            }
        }
        return found;
    }

    /** Null where this is no copy's name. */
    private @Nullable Instant madeAt(String name) {
        if (!name.startsWith(prefix) || !name.endsWith(END)) {
            return null;
        }
        try {
            return TIME.parse(name.substring(prefix.length(), name.length() - END.length()), Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
