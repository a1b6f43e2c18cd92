package dev.latchkey.sql.database;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PgConnection;

/**
 * The connections to a PostgreSQL store, in one pool. What only reads is read once more by a new connection when one that
 * lay idle turns out to be lost. When the server stops to answer, a {@link CircuitBreaker} spares callers the waiting.
 */
final class PostgresqlConnections implements Connections {
    /** How long a call waits for a connection: short, so that callers hear soon that the database is away. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Two are enough for all tokens ({@code KeyLookups}); more are opened when other requests need them at one time. */
    private static final int MAX_CONNECTIONS = 16;

    /** Shorter than what firewalls and poolers keep silent connections for. */
    private static final Duration MOST_IDLE = Duration.ofMinutes(4);

    private static final int CONNECT_SECONDS = 3;

    /** A server that is silent for longer is taken for dead: reading is a matter of milliseconds. */
    private static final int SILENT_SECONDS = 3;

    /** The same while writing, which may drop many rows or wait for another writer. */
    private static final int SILENT_WHILE_WRITING_SECONDS = 10;

    private final PGSimpleDataSource source;
    private final ConnectionPool pool;
    private final CircuitBreaker breaker = new CircuitBreaker();

    private PostgresqlConnections(PGSimpleDataSource source, ConnectionPool pool) {
        this.source = source;
        this.pool = pool;
    }

    /** Opens one connection, to tell at once what is wrong. */
    static PostgresqlConnections open(Location location, Duration patience) throws SQLException {
        PGSimpleDataSource source = source(location);
        boolean mayBePooled = !location.url().contains("prepareThreshold=");
        ConnectionPool pool =
                new ConnectionPool(MAX_CONNECTIONS, patience, MOST_IDLE, () -> connect(source, mayBePooled));
        pool.give(pool.take());
        return new PostgresqlConnections(source, pool);
    }

    /**
     * Fails with what says that it failed before there was a connection. Behind a pooler nothing is prepared on the server,
     * unless the URL says that the pooler knows of it: one that hands a server's connection to the next client hands on what
     * others have prepared there, under the same names.
     */
    private static Connection connect(PGSimpleDataSource source, boolean mayBePooled) throws SQLException {
        Connection connection;
        try {
            connection = source.getConnection();
        } catch (SQLException e) {
            throw new SQLTransientConnectionException(e.getMessage(), e.getSQLState(), e);
        }
        if (mayBePooled && isPooled(connection)) {
            connection.unwrap(PgConnection.class).setPrepareThreshold(0);
        }
        return connection;
    }

    /** A pooler tells a process's number of its own making. */
    private static boolean isPooled(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            return !row.next()
                    || row.getInt(1) != connection.unwrap(PgConnection.class).getBackendPID();
        }
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
        return guarded(lent -> work.run(lent.connection()));
    }

    @Override
    public <T> T query(String constantSql, Query<T> query) throws SQLException {
        return guarded(lent -> query.run(lent.prepared(constantSql)));
    }

    @FunctionalInterface
    private interface Lending<T> {
        T run(ConnectionPool.Lent lent) throws SQLException;
    }

    private <T> T guarded(Lending<T> reading) throws SQLException {
        boolean trial = breaker.enter();
        try {
            T result = lend(reading, true);
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

    /** Is never the trial: it may take long, and the others would have to wait for what becomes of it. */
    @Override
    public <T> T withWriter(Work<T> work) throws SQLException {
        breaker.check();
        try {
            return lend(
                    lent -> {
                        lent.connection().setNetworkTimeout(Runnable::run, silentWhileWritingMillis());
                        return work.run(lent.connection());
                    },
                    false);
        } catch (SQLException e) {
            if (effect(e) == Diagnosis.Effect.ALL) {
                breaker.open();
            }
            throw e;
        }
    }

    /** @param again whether it may be done once more, on a new connection, where one that lay idle turns out to be lost */
    private <T> T lend(Lending<T> lending, boolean again) throws SQLException {
        ConnectionPool.Lent lent = pool.take();
        boolean settled = false;
        try {
            T result = lending.run(lent);
            settle(lent.connection());
            settled = true;
            return result;
        } catch (SQLException e) {
            boolean lost = lent.connection().isClosed();
            if (lost) {
                pool.closeIdle();
            } else {
                settle(lent.connection());
                settled = true;
            }
            if (!again || !lost || !lent.isUsed() || !isLoss(e)) {
                throw e;
            }
        } finally {
            if (settled) {
                pool.give(lent);
            } else {
                pool.drop(lent);
            }
        }
        return lend(lending, false);
    }

    /** A silent server is not asked again: the caller has waited long enough. */
    private boolean isLoss(SQLException e) {
        return effect(e) == Diagnosis.Effect.ALL
                && Diagnosis.cause(e, SocketTimeoutException.class).isEmpty();
    }

    /** As it was before it was lent. */
    private void settle(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
        if (connection.getNetworkTimeout() != silentMillis()) {
            connection.setNetworkTimeout(Runnable::run, silentMillis());
        }
    }

    private int silentMillis() {
        return source.getSocketTimeout() * 1_000;
    }

    /** Longer, unless the URL said how long. */
    private int silentWhileWritingMillis() {
        return source.getSocketTimeout() == SILENT_SECONDS ? SILENT_WHILE_WRITING_SECONDS * 1_000 : silentMillis();
    }

    @Override
    public void evict(Connection connection) {
        abort(connection);
    }

    /** Sees to it that a connection is used no more; asks nothing of the server. */
    static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is as unusable as it was.
            return;
        }
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
