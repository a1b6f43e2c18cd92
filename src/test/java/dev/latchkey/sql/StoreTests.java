package dev.latchkey.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.accesskey.importing.AccessKeyImportPlan;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An empty store, the same store opened again, and a look behind it: what the tests of every promise begin with. */
abstract class StoreTests {
    private final List<SqlStore> opened = new ArrayList<>();
    SqlStore store;

    /** Where the store of this test is: the same answer all through one test. */
    abstract String db();

    /** A connection past the adapter. */
    abstract Connection connect() throws SQLException;

    @BeforeEach
    void openNewStore() {
        store = open();
    }

    @AfterEach
    void closeStores() throws SQLException {
        opened.forEach(SqlStore::close);
    }

    /** The store of this test once more, as another process would have it. */
    SqlStore open() {
        SqlStore another = SqlStore.open(db(), SqlStore.Mode.CREATE);
        opened.add(another);
        return another;
    }

    /** An import of one step. */
    static void apply(SqlStore store, AccessKeyImportPlan plan) {
        boolean unused = store.imports().importing(transaction -> {
            transaction.apply(plan);
            return true;
        });
    }

    List<String> column(String select) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(select)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What the audit log holds, oldest first, as {@code action subject}. */
    List<String> audited() throws SQLException {
        return column("SELECT action || ' ' || subject FROM audit_events ORDER BY id");
    }

    /** The failure of the call, which must be of this kind. */
    static ServiceException failure(ErrorKind kind, ThrowingCallable call) {
        ServiceException failure = catchThrowableOfType(ServiceException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        return failure;
    }

    /** Runs all of them at the same moment and answers what they answer, in order. */
    static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        CyclicBarrier start = new CyclicBarrier(calls.size());
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> call : calls) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> future : futures) {
                answers.add(future.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
