package dev.latchkey.sql.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The open connections to a store. Thread-safe. */
public interface Connections extends AutoCloseable {
    /** Something to do with a connection, which is not kept. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Something to ask by a prepared statement, which is not kept; its result set must be closed. */
    @FunctionalInterface
    interface Query<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    /** Lends a connection that may refuse to write. */
    <T> T read(Work<T> work) throws SQLException;

    /** Lends a statement, prepared already where this connection has seen the text before. */
    <T> T query(String constantSql, Query<T> query) throws SQLException;

    /** Lends a connection that can write. */
    <T> T withWriter(Work<T> work) throws SQLException;

    /** Sees to it that a connection that {@link #withWriter} has lent is used no more when it is given back. */
    void evict(Connection connection);

    /** Closes every connection; one that is in use is closed when it is given back. Closing again does nothing. */
    @Override
    void close();
}
