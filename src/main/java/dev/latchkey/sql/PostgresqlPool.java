package dev.latchkey.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
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

    /** A server that is silent for longer is taken for dead. No statement of ours works that long. */
    private static final int SILENT_SECONDS = 10;

    private PostgresqlPool() {}

    static HikariDataSource open(Location location, Duration patience) throws SQLException {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("latchkey-postgresql");
        pool.setDataSource(PrimedSource.open(source(location)));
        pool.setMaximumPoolSize(MAX_CONNECTIONS);
        pool.setMinimumIdle(KEPT_CONNECTIONS);
        pool.setConnectionTimeout(patience.toMillis());
        pool.setValidationTimeout(patience.toMillis());
        return new HikariDataSource(pool);
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
