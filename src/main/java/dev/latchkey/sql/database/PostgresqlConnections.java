package dev.latchkey.sql.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PgConnection;

/**
 * The connections to a PostgreSQL store: HikariCP's pool, and a small one that keeps statements prepared, for what is asked
 * by a constant text, as every token does. What is asked so is asked once more by a new connection when one that lay idle
 * turns out to be lost. When the server stops to answer, a {@link CircuitBreaker} spares callers the waiting.
 */
final class PostgresqlConnections implements Connections {
    private static final int MAX_CONNECTIONS = 10;

    /** Two are enough for all tokens ({@code KeyLookups}); more are opened when other requests need them at one time. */
    private static final int MAX_READERS = 6;

    /** Shorter than what firewalls and poolers keep silent connections for. */
    private static final Duration MOST_IDLE = Duration.ofMinutes(4);

    /** How long a server may be silent while writing, which may drop many rows or wait for another writer. */
    private static final int SILENT_WHILE_WRITING_SECONDS = 10;

    private final PGSimpleDataSource source;
    private final ConnectionPool readers;
    private final HikariDataSource pool;
    private final CircuitBreaker breaker = new CircuitBreaker();

    private PostgresqlConnections(PGSimpleDataSource source, ConnectionPool readers, HikariDataSource pool) {
        this.source = source;
        this.readers = readers;
        this.pool = pool;
    }

    /** Opens one connection, to tell at once what is wrong. */
    static PostgresqlConnections open(Location location, Duration patience) throws SQLException {
        PGSimpleDataSource source = PostgresqlSource.of(location);
        boolean mayBePooled = !location.url().contains("prepareThreshold=");
        ConnectionPool readers =
                new ConnectionPool(MAX_READERS, patience, MOST_IDLE, () -> connect(source, mayBePooled));
        readers.give(readers.take());
        return new PostgresqlConnections(source, readers, pool(source, patience));
    }

    private static HikariDataSource pool(PGSimpleDataSource source, Duration patience) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("latchkey-postgresql");
        pool.setDataSource(source);
        pool.setMaximumPoolSize(MAX_CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setIdleTimeout(MOST_IDLE.toMillis());
        pool.setConnectionTimeout(patience.toMillis());
        pool.setValidationTimeout(patience.toMillis());
        pool.setInitializationFailTimeout(-1);
        return new HikariDataSource(pool);
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
        if (mayBePooled && source.getPrepareThreshold() != 0 && isPooled(connection)) {
            source.setPrepareThreshold(0);
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
        return guarded(() -> {
            try (Connection connection = pool.getConnection()) {
                return work.run(connection);
            }
        });
    }

    @Override
    public <T> T query(String constantSql, Query<T> query) throws SQLException {
        return guarded(() -> lend(constantSql, query, true));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T run() throws SQLException;
    }

    private <T> T guarded(Reading<T> reading) throws SQLException {
        boolean trial = breaker.enter();
        try {
            T result = reading.run();
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
        boolean connected = false;
        try (Connection connection = pool.getConnection()) {
            connected = true;
            connection.setNetworkTimeout(Runnable::run, silentWhileWritingMillis());
            return work.run(connection);
        } catch (SQLException e) {
            // One that was cut while it wrote says nothing of new ones, which is what a reader tries at once.
            if (effect(e) == Diagnosis.Effect.ALL && !(connected && isLoss(e))) {
                breaker.open();
            }
            throw e;
        }
    }

    /** @param again whether it may be done once more, on a new connection, where one that lay idle turns out to be lost */
    private <T> T lend(String constantSql, Query<T> query, boolean again) throws SQLException {
        ConnectionPool.Lent lent = readers.take();
        boolean works = false;
        try {
            T result = query.run(lent.prepared(constantSql));
            works = true;
            return result;
        } catch (SQLException e) {
            works = !lent.connection().isClosed();
            if (!works) {
                readers.closeIdle();
            }
            if (works || !again || !lent.isUsed() || !isLoss(e)) {
                throw e;
            }
        } finally {
            if (works) {
                readers.give(lent);
            } else {
                readers.drop(lent);
            }
        }
        return lend(constantSql, query, false);
    }

    /** A silent server is not asked again: the caller has waited long enough. */
    private boolean isLoss(SQLException e) {
        return effect(e) == Diagnosis.Effect.ALL
                && Diagnosis.cause(e, SocketTimeoutException.class).isEmpty();
    }

    /** Longer, unless the URL said how long. */
    private int silentWhileWritingMillis() {
        int seconds = source.getSocketTimeout();
        return 1_000 * (seconds == PostgresqlSource.SILENT_SECONDS ? SILENT_WHILE_WRITING_SECONDS : seconds);
    }

    @Override
    public void evict(Connection connection) {
        pool.evictConnection(connection);
    }

    @Override
    public void close() {
        readers.close();
        pool.close();
    }

    private Diagnosis.Effect effect(SQLException e) {
        return PostgresqlFailures.diagnose(source, e).effect();
    }
}
