package dev.latchkey.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** The connections to a PostgreSQL store. */
final class PostgresqlPool {
    /** How long a call waits for a connection: short, so that callers hear soon that the database is away. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int MAX_CONNECTIONS = 16;
    private static final int KEPT_CONNECTIONS = 2;
    private static final int CONNECT_SECONDS = 3;

    /** A server that is silent for longer is taken for dead: reading is a matter of milliseconds. */
    private static final int SILENT_SECONDS = 3;

    /** The same while writing, which may drop many rows or wait for another writer. */
    private static final int SILENT_WHILE_WRITING_SECONDS = 10;

    /** Shorter than the silence while writing: the server shall not go on waiting for a caller who has given up. */
    private static final String LIMIT_WAITING_FOR_LOCKS = "SET lock_timeout = '8s'";

    private PostgresqlPool() {}

    static HikariDataSource open(Location location, Duration patience) throws SQLException {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("latchkey-postgresql");
        pool.setDataSource(PrimedSource.open(source(location)));
        pool.setMaximumPoolSize(MAX_CONNECTIONS);
        pool.setMinimumIdle(KEPT_CONNECTIONS);
        pool.setConnectionTimeout(patience.toMillis());
        pool.setValidationTimeout(patience.toMillis());
        pool.setConnectionInitSql(LIMIT_WAITING_FOR_LOCKS);
        return new HikariDataSource(pool);
    }

    /** Bears a longer silence until the connection is given back, unless the URL said how long. */
    static void expectWriting(Connection connection) throws SQLException {
        if (connection.getNetworkTimeout() == SILENT_SECONDS * 1_000) {
            connection.setNetworkTimeout(Runnable::run, SILENT_WHILE_WRITING_SECONDS * 1_000);
        }
    }

    /** What the URL sets itself is left as it is. */
    private static PGSimpleDataSource source(Location location) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setURL(location.url());
        } catch (IllegalArgumentException e) {
            // The cause is dropped: it holds the URL, and with it the password.
            throw LatchkeyException.of(
                    ErrorKind.MISCONFIGURED,
                    "The URL of the store is not well-formed; it is jdbc:postgresql://host:port/database.");
        }
        if (location.user() != null) {
            source.setUser(location.user());
        }
        if (location.password() != null) {
            source.setPassword(location.password());
        }
        if (!location.url().contains("connectTimeout=")) {
            source.setConnectTimeout(CONNECT_SECONDS);
        }
        if (!location.url().contains("socketTimeout=")) {
            source.setSocketTimeout(SILENT_SECONDS);
        }
        if (!location.url().contains("tcpKeepAlive=")) {
            source.setTcpKeepAlive(true);
        }
        if (!location.url().contains("ApplicationName=")) {
            source.setApplicationName("latchkey");
        }
        return source;
    }
}
