package dev.latchkey.sql.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connections to a PostgreSQL store, in one pool. The driver keeps prepared statements by their text. When the server
 * stops to answer, a {@link CircuitBreaker} spares callers the waiting.
 */
final class PostgresqlConnections implements Connections {
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

    private final PGSimpleDataSource source;
    private final HikariDataSource pool;
    private final CircuitBreaker breaker = new CircuitBreaker();

    private PostgresqlConnections(PGSimpleDataSource source, HikariDataSource pool) {
        this.source = source;
        this.pool = pool;
    }

    /** Opens one connection, to tell at once what is wrong. */
    static PostgresqlConnections open(Location location, Duration patience) throws SQLException {
        PGSimpleDataSource source = source(location);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("latchkey-postgresql");
        pool.setDataSource(source);
        pool.setMaximumPoolSize(MAX_CONNECTIONS);
        pool.setMinimumIdle(KEPT_CONNECTIONS);
        pool.setConnectionTimeout(patience.toMillis());
        pool.setValidationTimeout(patience.toMillis());
        pool.setConnectionInitSql(LIMIT_WAITING_FOR_LOCKS);
        pool.setInitializationFailTimeout(1);
        try {
            return new PostgresqlConnections(source, new HikariDataSource(pool));
        } catch (PoolInitializationException e) {
            throw Diagnosis.cause(e, SQLException.class)
                    .map(cause -> new SQLTransientConnectionException(cause.getMessage(), cause.getSQLState(), cause))
                    .orElseThrow(() -> e);
        }
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
        boolean trial = breaker.enter();
        try (Connection connection = pool.getConnection()) {
            T result = work.run(connection);
            breaker.close();
            return result;
        } catch (SQLException e) {
            if (effect(e) != Diagnosis.Effect.STATEMENT) {
                breaker.open();
            }
            throw e;
        } finally {
            if (trial) {
                breaker.trialEnded();
            }
        }
    }

    @Override
    public <T> T query(String constantSql, Query<T> query) throws SQLException {
        return read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(constantSql)) {
                return query.run(statement);
            }
        });
    }

    /** Is never the trial: it may take long, and the others would have to wait for what becomes of it. */
    @Override
    public <T> T withWriter(Work<T> work) throws SQLException {
        breaker.check();
        try (Connection connection = pool.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            if (effect(e) == Diagnosis.Effect.ALL) {
                breaker.open();
            }
            throw e;
        }
    }

    @Override
    public void evict(Connection connection) {
        pool.evictConnection(connection);
    }

    @Override
    public boolean readsPromptly() {
        return false;
    }

    @Override
    public void close() {
        pool.close();
    }

    private Diagnosis.Effect effect(SQLException e) {
        return PostgresqlFailures.diagnose(source, e).effect();
    }

    /** Bears a longer silence until the connection is given back, unless the URL said how long. */
    static void expectWriting(Connection connection) throws SQLException {
        if (connection.getNetworkTimeout() == SILENT_SECONDS * 1_000) {
            connection.setNetworkTimeout(Runnable::run, SILENT_WHILE_WRITING_SECONDS * 1_000);
        }
    }

    /** Programs that embed the service may leave the driver out. */
    private static PGSimpleDataSource ofDriver() {
        try {
            return new PGSimpleDataSource();
        } catch (NoClassDefFoundError e) {
            throw ServiceException.of(
                    ErrorKind.MISCONFIGURED,
                    "PostgreSQL's driver is not on the class path: add org.postgresql:postgresql.",
                    e);
        }
    }

    /** What the URL sets itself is left as it is. */
    static PGSimpleDataSource source(Location location) {
        PGSimpleDataSource source = ofDriver();
        try {
            if (!location.url().isEmpty()) {
                setUrl(source, location.url());
            }
        } catch (IllegalArgumentException e) {
            // The cause is dropped: it holds the URL, and with it the password.
            throw ServiceException.of(
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
        if (location.url().split("\\?", 2)[0].contains(",")) {
            chooseHost(source, location.url());
        }
        if (!location.url().contains("tcpKeepAlive=")) {
            source.setTcpKeepAlive(true);
        }
        if (!location.url().contains("ApplicationName=")) {
            source.setApplicationName("latchkey");
        }
        return source;
    }

    /** Of several hosts it is the one that takes writes, looked for anew within seconds: a standby tells what was so before. */
    private static void chooseHost(PGSimpleDataSource source, String url) {
        if (!url.contains("targetServerType=")) {
            source.setTargetServerType("primary");
        }
        if (!url.contains("hostRecheckSeconds=")) {
            source.setHostRecheckSeconds(1);
        }
    }

    /** The driver logs a URL that it refuses, and with it the password; what is wrong is told without. */
    private static synchronized void setUrl(PGSimpleDataSource source, String url) {
        Logger driver = Logger.getLogger("org.postgresql");
        Level before = driver.getLevel();
        driver.setLevel(Level.OFF);
        try {
            source.setURL(url);
        } finally {
            driver.setLevel(before);
        }
    }
}
