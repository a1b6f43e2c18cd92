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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where those who have a SQLite file open find its WAL index. One for each of them, who all share what is open.
 * Thread-safe.
 *
 * <p>They share it because a process that closes a file loses every lock it has on that file (fcntl(2)), also those that
 * SQLite took by a descriptor of its own, and without its locks SQLite's shared memory is not safe. So nothing that was
 * opened here may be closed before every connection of this process to the store is.
 */
final class WalIndexes implements Reader.Indexes {
    private static final Logger LOG = LoggerFactory.getLogger(WalIndexes.class);
    private static final Map<Object, Shared> BY_STORE = new HashMap<>();

    private final Shared shared;
    private final Path file;

    /** What this process has open of one store. Guarded by itself, the number of users by the map. */
    private static final class Shared {
        private final Object store;
        private final List<FileChannel> open = new ArrayList<>();
        private final Map<Object, WalIndex> byFile = new HashMap<>();
        private boolean unusable;
        private int users;

        Shared(Object store) {
            this.store = store;
        }
    }

    private WalIndexes(Shared shared, Path file) {
        this.shared = shared;
        this.file = file;
    }

    /**
     * For one who is going to open connections to a store, until {@link #leave}.
     *
     * @param store tells the file apart from every other
     * @throws IOException when the path leads to another by now, or none
     */
    static WalIndexes enter(Object store, Path file) throws IOException {
        // SQLite puts the index beside the file itself, whatever links lead there now.
        Path real = file.toRealPath();
        if (!store.equals(identity(real))) {
            throw new NoSuchFileException(file.toString(), null, "another file took its place");
        }
        synchronized (BY_STORE) {
            Shared shared = BY_STORE.computeIfAbsent(store, Shared::new);
            shared.users++;
            return new WalIndexes(shared, real.resolveSibling(real.getFileName() + "-shm"));
        }
    }

    /** To be called once, and not unless all connections are closed. */
    void leave() {
        synchronized (BY_STORE) {
            shared.users--;
            if (shared.users == 0) {
                BY_STORE.remove(shared.store);
                close();
            }
        }
    }

    /** Null where the index is not there, or cannot be shared. */
    @Override
    public @Nullable WalIndex current() {
        synchronized (shared) {
            try {
                return shared.unusable ? null : find();
            } catch (NoSuchFileException e) {
                return null;
            } catch (IOException | UnsupportedOperationException e) {
                // Not tried again: each try may keep a file open.
                shared.unusable = true;
                LOG.warn("The store's WAL index cannot be mapped into memory; each token asks SQLite instead", e);
                return null;
            }
        }
    }

    private @Nullable WalIndex find() throws IOException {
        Object present = identity(file);
        if (present == null) {
            return null;
        }
        WalIndex index = shared.byFile.get(present);
        if (index == null) {
            index = mapUninterrupted();
            shared.byFile.put(present, index);
        }
        return index;
    }

    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** An interrupt would close the channel: on a thread of its own, none comes. */
    private WalIndex mapUninterrupted() throws IOException {
        CompletableFuture<WalIndex> mapped = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        mapped.complete(map());
                    } catch (IOException | RuntimeException | Error e) {
                        mapped.completeExceptionally(e);
                    }
                },
                "latchkey-store-index");
        thread.setDaemon(true);
        thread.start();
        try {
            return mapped.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    private WalIndex map() throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        shared.open.add(channel);
        return new WalIndex(channel.map(MapMode.READ_ONLY, 0, WalIndex.BYTES));
    }

    private void close() {
        synchronized (shared) {
            for (FileChannel channel : shared.open) {
                try {
                    channel.close();
                } catch (IOException e) {
                    LOG.warn("The store's WAL index could not be closed", e);
                }
            }
        }
    }
}
