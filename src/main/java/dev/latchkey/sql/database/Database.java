package dev.latchkey.sql.database;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reading, transactions, and what becomes of their failures. Thread-safe. */
public final class Database implements AutoCloseable {
    /** The version of the schema that this program knows. */
    public static final int SCHEMA_VERSION = SchemaMigrator.NEWEST;

    /** The table of facts about the store itself, its version among them. */
    public static final String FACTS_TABLE = "latchkey";

    /** Something to do with a connection that answers nothing. */
    @FunctionalInterface
    public interface Change {
        void run(Connection connection) throws SQLException;
    }

    private final Location location;
    private final Dialect dialect;
    private final Connections connections;
    private final Duration patience;
    private final OutageMonitor outages;

    /** What is to be done when the transaction that a thread is in is committed. */
    private final Map<Thread, List<Runnable>> afterCommit = new ConcurrentHashMap<>();

    Database(Location location, Connections connections, Duration patience) {
        this.location = location;
        this.dialect = location.dialect();
        this.connections = connections;
        this.patience = patience;
        this.outages = new OutageMonitor(location.shown(), System::nanoTime);
    }

    /** How messages name the store, without a password. */
    public String shown() {
        return location.shown();
    }

    public Dialect dialect() {
        return dialect;
    }

    /** The tables of a store of this version; what others refer to comes before them. */
    public List<String> tables() {
        return SchemaMigrator.tables(dialect);
    }

    /** Whether looking something up never has to wait for a writer or a network, as in a SQLite file. */
    public boolean readsPromptly() {
        return location.file() != null;
    }

    /** From here on, outages are told. */
    public void listen(OutageListener listener) {
        outages.listen(listener);
    }

    /**
     * Reads with one statement, so that what is read is of one moment.
     *
     * @throws ServiceException of kind {@link ErrorKind#UNAVAILABLE} for every {@link SQLException}
     */
    public <T> T read(Connections.Work<T> work) {
        try {
            T result = connections.read(work);
            outages.read();
            return result;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads with any number of statements, all of which see the store as it was in one moment; fails as {@link #read} does.
     */
    public <T> T snapshot(Connections.Work<T> work) {
        return read(connection -> {
            dialect.beginReading(connection);
            try {
                return work.run(connection);
            } finally {
                dialect.rollback(connection);
            }
        });
    }

    /** The same as {@link #read} by a statement that is kept prepared where that is worth it: its text must be a constant. */
    public <T> T query(String constantSql, Connections.Query<T> query) {
        try {
            T result = connections.query(constantSql, query);
            outages.read();
            return result;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** As {@link #read}, with the failure as the driver says it. */
    public <T> T reading(Connections.Work<T> work) throws SQLException {
        return connections.read(work);
    }

    /**
     * Writes in one transaction: all of it is kept when the work returns, nothing when it throws.
     *
     * @throws ServiceException of kind {@link ErrorKind#UNAVAILABLE} for every {@link SQLException}
     */
    public <T> T write(Connections.Work<T> work) {
        try {
            T result = writing(work);
            outages.wrote();
            List<Runnable> then = afterCommit.remove(Thread.currentThread());
            if (then != null) {
                then.forEach(Runnable::run);
            }
            return result;
        } catch (SQLException e) {
            throw unwritable(e);
        } finally {
            afterCommit.remove(Thread.currentThread());
        }
    }

    /** Has this done, by this thread, when the transaction that it is in is committed; never when that is rolled back. */
    public void afterCommit(Runnable work) {
        afterCommit
                .computeIfAbsent(Thread.currentThread(), thread -> new ArrayList<>())
                .add(work);
    }

    /** The same for a change that answers nothing. */
    public void change(Change change) {
        write(connection -> {
            change.run(connection);
            return true;
        });
    }

    <T> T writing(Connections.Work<T> work) throws SQLException {
        return connections.withWriter(connection -> {
            dialect.begin(connection, patience);
            boolean committed = false;
            try {
                T result = work.run(connection);
                dialect.commit(connection);
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    rollback(connection);
                }
            }
        });
    }

    /** Opens a connection that writes, where that is not done yet; fails as {@link #write} does. */
    public void prepareToWrite() {
        try {
            var unused = connections.withWriter(connection -> true);
        } catch (SQLException e) {
            throw unwritable(e);
        }
    }

    /** Sees to it that no file keeps what was overwritten in a table; answers whether that is done. */
    public boolean wipeOverwritten(String table) {
        try {
            return connections.withWriter(connection -> dialect.wipeOverwritten(connection, table, patience));
        } catch (SQLException e) {
            throw unwritable(e);
        }
    }

    /** Reads one small row; fails as {@link #read} does. */
    public void ping() {
        int unused = read(SchemaMigrator::version);
    }

    private ServiceException unreadable(SQLException e) {
        Diagnosis diagnosis = dialect.diagnose(location, e);
        return unavailable("The store cannot be read now.", diagnosis.whileReading(), e);
    }

    /** What to tell of a failure to write. */
    public ServiceException unwritable(SQLException e) {
        return unavailable("The store cannot be written now.", dialect.diagnose(location, e), e);
    }

    private ServiceException unavailable(String message, Diagnosis diagnosis, SQLException e) {
        String line = diagnosis.line(location, e);
        // Why the circuit is open was told by the failure that opened it.
        boolean told = e instanceof CircuitBreaker.OpenException || outages.failed(diagnosis.effect(), line);
        return ServiceException.unavailable(message, line, told, e);
    }

    /** A connection that cannot roll back would keep the write lock: it must not be used again. */
    private void rollback(Connection connection) {
        try {
            dialect.rollback(connection);
        } catch (SQLException e) {
            connections.evict(connection);
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
