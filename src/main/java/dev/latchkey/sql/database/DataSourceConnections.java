package dev.latchkey.sql.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The connections of another program's source, which pools them or not and is not closed here. Each is given back as it was
 * lent: with its own mode of transactions.
 */
final class DataSourceConnections implements Connections {
    private final DataSource source;
    private final @Nullable String first;

    /** @param first a statement that a connection needs before it writes; null = none */
    DataSourceConnections(DataSource source, @Nullable String first) {
        this.source = source;
        this.first = first;
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
        return lend(work);
    }

    @Override
    public <T> T query(String constantSql, Query<T> query) throws SQLException {
        return lend(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(constantSql)) {
                return query.run(statement);
            }
        });
    }

    @Override
    public <T> T withWriter(Work<T> work) throws SQLException {
        return lend(connection -> {
            if (first != null) {
                Dialect.execute(connection, first);
            }
            return work.run(connection);
        });
    }

    private <T> T lend(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            if (!autoCommit) {
                connection.setAutoCommit(true);
            }
            try {
                return work.run(connection);
            } finally {
                if (!connection.isClosed() && connection.getAutoCommit() != autoCommit) {
                    connection.setAutoCommit(autoCommit);
                }
            }
        }
    }

    /** {@inheritDoc} The source has no other means than {@link Connection#abort}. */
    @Override
    public void evict(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is as unusable as it was.
            return;
        }
    }

    @Override
    public void close() {
        // The source belongs to the program that gave it.
    }
}
