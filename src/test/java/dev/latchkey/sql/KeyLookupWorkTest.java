package dev.latchkey.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking for a key that is not there is the same work as finding one: time must not tell which ids are keys. */
class KeyLookupWorkTest {
    private static final String FIND =
            AccessKeyRows.selectFrom("access_keys") + " WHERE k.id = ? UNION ALL " + AccessKeyRows.SELECT_DUMMY;

    @TempDir
    Path folder;

    private Connection connection;
    private final List<String> calls = new ArrayList<>();

    @BeforeEach
    void open() throws SQLException {
        String file = folder.resolve("keys.db").toString();
        try (SqlStore store = SqlStore.open(file, SqlStore.Mode.CREATE)) {
            store.scopes().insert(List.of(Samples.scope("fx")), List.of());
            store.accessKeys().insert(Samples.key("known", "fx"), List.of(), List.of());
        }
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void unknownId_readsAsManyColumnsAsAKnownOne() throws SQLException {
        assertThat(find("known")).isPresent();
        List<String> known = List.copyOf(calls);
        calls.clear();
        assertThat(find("unknown")).isEmpty();

        assertThat(known).hasSizeGreaterThan(20);
        // A key's last row is told by the id of the next.
        assertThat(known).hasSize(calls.size() + 1).containsAll(calls);
    }

    private Optional<AccessKey> find(String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setString(1, id);
            return AccessKeyRows.readOrDummy(counting(PreparedStatement.class, select), id);
        }
    }

    /** The same object, whose result set's calls are noted. */
    private <T> T counting(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (type == ResultSet.class) {
                calls.add(method.getName());
            }
            Object answer;
            try {
                answer = method.invoke(real, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            return answer instanceof ResultSet rows ? counting(ResultSet.class, rows) : answer;
        }));
    }
}
