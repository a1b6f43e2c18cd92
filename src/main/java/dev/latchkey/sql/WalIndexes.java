package dev.latchkey.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WAL indexes of one SQLite file, for everybody in this process who has it open. Thread-safe.
 *
 * <p>One for all of them, because a process that closes a file loses every lock it has on that file (fcntl(2)), also those
 * that SQLite took by a descriptor of its own, and without its locks SQLite's shared memory is not safe. So nothing that
 * was opened here is closed before the last connection to the store is.
 */
final class WalIndexes {
    private static final Logger LOG = LoggerFactory.getLogger(WalIndexes.class);
    private static final Map<Object, WalIndexes> BY_STORE = new HashMap<>();

    private final Object store;
    private final Path file;
    private final List<FileChannel> open = new ArrayList<>();
    private int users;
    private boolean unusable;
    private @Nullable Object latestFile;
    private @Nullable WalIndex latest;

    private WalIndexes(Object store, Path file) {
        this.store = store;
        this.file = file;
    }

    /**
     * Registers one who is going to open connections to a store, until {@link #leave}.
     *
     * @param store tells the file apart from every other
     */
    static WalIndexes enter(Object store, Path file) {
        synchronized (BY_STORE) {
            WalIndexes indexes = BY_STORE.computeIfAbsent(store, unknown -> new WalIndexes(unknown, file));
            indexes.users++;
            return indexes;
        }
    }

    /** To be called once by each who entered, when all connections are closed. */
    void leave() {
        synchronized (BY_STORE) {
            users--;
            if (users == 0) {
                BY_STORE.remove(store);
                close();
            }
        }
    }

    /**
     * The index that is used now, by a connection which has read from the store before and is open; it is this
     * connection's for as long as it stays open. Null where there is none: the store has no WAL, or its memory cannot be
     * shared.
     */
    synchronized @Nullable WalIndex current() {
        if (unusable) {
            return null;
        }
        try {
            Path index = indexFile();
            Object present = identity(index);
            if (present == null) {
                return null;
            }
            if (latest == null || !present.equals(latestFile)) {
                latest = map(index);
                latestFile = present;
            }
            return latest;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | UnsupportedOperationException e) {
            // Not tried again: each try would keep a file open.
            unusable = true;
            LOG.warn("The store's WAL index cannot be mapped into memory; each token asks SQLite instead", e);
            return null;
        }
    }

    private WalIndex map(Path index) throws IOException {
        FileChannel channel = FileChannel.open(index, StandardOpenOption.READ);
        open.add(channel);
        return new WalIndex(channel.map(MapMode.READ_ONLY, 0, WalIndex.BYTES));
    }

    /** SQLite puts it beside the file itself, whatever links lead there. */
    private Path indexFile() throws IOException {
        Path real = file.toRealPath();
        return real.resolveSibling(real.getFileName() + "-shm");
    }

    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private synchronized void close() {
        for (FileChannel channel : open) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warn("The store's WAL index could not be closed", e);
            }
        }
        open.clear();
    }
}
