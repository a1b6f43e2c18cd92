package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A SQLite connection that only reads, what it has prepared, and the access keys it has read. For one thread at a time.
 *
 * <p>A key that was read is good until the database changes. SQLite tells that for certain: {@code PRAGMA data_version}
 * looks at the file as every statement does, and its number differs from the last one exactly when another connection, of
 * this process or any other, has committed meanwhile. Asking for the number costs a tenth of reading a key anew.
 */
final class Reader implements AutoCloseable {
    /** Bounds the memory that keys take: some megabytes where every key is as large as may be, a tenth of one mostly. */
    private static final int MAX_KEYS = 200;

    private static final String DATA_VERSION = "PRAGMA data_version";

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final Map<String, AccessKey> keys = new HashMap<>();
    private long keysVersion;

    Reader(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /**
     * The statement of a text that is the same in every call: preparing it costs several times what running it does. Its
     * parameters are those of the last use.
     */
    PreparedStatement prepared(String constant) throws SQLException {
        PreparedStatement statement = prepared.get(constant);
        if (statement == null) {
            statement = connection.prepareStatement(constant);
            prepared.put(constant, statement);
        }
        return statement;
    }

    /** The key of this id as it is now; {@code select} reads it where it may have changed. */
    Optional<AccessKey> key(String id, String select) throws SQLException {
        long version = dataVersion();
        if (version != keysVersion || keys.size() >= MAX_KEYS) {
            keys.clear();
            keysVersion = version;
        }
        AccessKey known = keys.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        // A commit between the two statements makes this key newer than its version, and the next look reads it again.
        Optional<AccessKey> read = AccessKeyRows.readOne(prepared(select), id);
        read.ifPresent(key -> keys.put(id, key));
        return read;
    }

    private long dataVersion() throws SQLException {
        try (ResultSet row = prepared(DATA_VERSION).executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Closes the connection, and with it every statement. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
