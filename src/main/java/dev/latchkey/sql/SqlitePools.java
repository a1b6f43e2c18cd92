package dev.latchkey.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** The connections to a SQLite store: several that only read, one that writes. */
final class SqlitePools {
    /** How long a call waits for its turn or for another process to finish writing. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int READERS_BESIDE_CORES = 2;

    /** A secret that is gone is gone from the file, too. */
    private static final String OVERWRITE_WHAT_IS_DELETED = "PRAGMA secure_delete = 1";

    private SqlitePools() {}

    static Readers readers(Location location, Duration patience, @Nullable WalIndexes indexes) throws SQLException {
        int size = Runtime.getRuntime().availableProcessors() + READERS_BESIDE_CORES;
        return Readers.open(source(location, settings(patience)), size, patience, indexes);
    }

    /**
     * Starts the pool when something is first written. Connects then, and again and again while another process
     * switches the new file to WAL.
     */
    static HikariDataSource writer(Location location, Duration patience) {
        SQLiteConfig settings = settings(Dialect.LOCK_POLL);
        settings.setJournalMode(JournalMode.WAL);
        HikariConfig pool = pool("latchkey-writer", patience);
        pool.setDataSource(source(location, settings));
        pool.setConnectionInitSql(OVERWRITE_WHAT_IS_DELETED);
        pool.setMaximumPoolSize(1);
        pool.setInitializationFailTimeout(-1);
        HikariDataSource lazy = new HikariDataSource();
        pool.copyStateTo(lazy);
        return lazy;
    }

    /** One connection, which is the store. */
    static HikariDataSource memory(Location location, Duration patience) throws SQLException {
        HikariConfig pool = pool("latchkey-memory", patience);
        pool.setDataSource(PrimedSource.open(source(location, settings(patience))));
        pool.setMinimumIdle(1);
        pool.setMaximumPoolSize(1);
        return new HikariDataSource(pool);
    }

    /** Connections live as long as the store: there is no server to lose them to. */
    private static HikariConfig pool(String name, Duration patience) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(0);
        pool.setMaxLifetime(0);
        pool.setKeepaliveTime(0);
        pool.setConnectionTimeout(patience.toMillis());
        return pool;
    }

    private static SQLiteDataSource source(Location location, SQLiteConfig settings) {
        SqliteLibrary.load();
        SQLiteDataSource source = new SQLiteDataSource(settings);
        source.setUrl(location.url());
        return source;
    }

    private static SQLiteConfig settings(Duration busyTimeout) {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        settings.enforceForeignKeys(true);
        settings.setSynchronous(SynchronousMode.FULL);
        return settings;
    }
}
