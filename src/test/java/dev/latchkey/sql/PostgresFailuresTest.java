package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.database.OutageListener;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a real PostgreSQL refuses is told in one line: its own words and a fix. */
@Tag("postgresql")
class PostgresFailuresTest extends StoreTests {
    private static final AtomicInteger ROLES = new AtomicInteger();

    private final String database = TestPostgres.createDatabase();
    private final String role = "role" + ROLES.incrementAndGet();

    @Override
    String db() {
        return TestPostgres.url(database);
    }

    @Override
    Connection connect() throws SQLException {
        return TestPostgres.connect(database);
    }

    @Test
    void open_roleWithoutCreate_saysWhatToGrant() throws SQLException {
        String empty = createDatabaseAndRole("");

        assertThat(refusal(TestPostgres.url(empty, role, "")))
                .contains("(ERROR: permission denied for schema public)")
                .contains("GRANT USAGE, CREATE ON SCHEMA public TO " + role);
    }

    @Test
    void open_roleThatMayNotConnect_saysWhatToGrant() throws SQLException {
        String empty = createDatabaseAndRole("");
        TestPostgres.administer("REVOKE CONNECT ON DATABASE " + empty + " FROM PUBLIC");

        assertThat(refusal(TestPostgres.url(empty, role, "")))
                .contains("permission denied for database")
                .contains("GRANT CONNECT ON DATABASE " + empty + " TO " + role);
    }

    @Test
    void find_roleWithoutRightsOnATable_namesTheTable() throws SQLException {
        createRole("");
        execute("GRANT SELECT ON latchkey TO " + role);
        try (SqlStore limited = SqlStore.open(TestPostgres.url(database, role, ""), SqlStore.Mode.EXISTING)) {
            ServiceException failure =
                    failure(ErrorKind.UNAVAILABLE, () -> limited.accessKeys().find("x"));

            assertThat(failure).hasMessage("The store cannot be read now.");
            assertThat(failure.reason())
                    .contains("permission denied for table access_keys")
                    .contains("ON ALL TABLES IN SCHEMA public TO " + role);
        }
    }

    @Test
    void open_wrongPassword_orNone_saysSo() throws SQLException, IOException {
        createRole("PASSWORD 'right-one'");
        TestPostgres.requirePassword(role);

        assertThat(refusal(TestPostgres.url(database, role, "&password=wrong-one")))
                .contains("password authentication failed for user \"" + role + "\"")
                .contains("correct them in the URL")
                .doesNotContain("wrong-one");
        assertThat(refusal(TestPostgres.url(database, role, "")))
                .contains("no password was provided")
                .contains("add the password of " + role);
    }

    @Test
    void open_missingRole_orDatabase_saysSo() {
        assertThat(refusal(TestPostgres.url(database, "Nobody", "")))
                .contains("role \"Nobody\" does not exist")
                .contains("refuses the user \"Nobody\"");
        assertThat(refusal(TestPostgres.url("nowhere", "postgres", "")))
                .contains("database \"nowhere\" does not exist")
                .contains("CREATE DATABASE nowhere");
    }

    @Test
    void open_tlsWanted_serverHasNone_saysSo() {
        assertThat(refusal(TestPostgres.url(database, "postgres", "&sslmode=require")))
                .contains("does not support SSL")
                .contains("sslmode");
    }

    @Test
    void open_unknownHost_orWrongParameter_saysSo() {
        assertThat(refusal("jdbc:postgresql://no.such.host.invalid/x?user=u"))
                .contains("no.such.host.invalid")
                .contains("correct the host");
        assertThat(failure(
                        ErrorKind.UNAVAILABLE,
                        () -> SqlStore.open(
                                TestPostgres.url(database, "postgres", "&sslmode=perhaps"), SqlStore.Mode.CREATE)))
                .hasMessageContaining("Invalid sslmode value: perhaps")
                .hasMessageContaining("parameters of its URL");
        assertThat(refusal(TestPostgres.url(database, "postgres", "&currentSchema=missing")))
                .contains("no schema");
    }

    @Test
    void open_readOnlyServer_saysSo() throws SQLException {
        String empty = createDatabaseAndRole("");
        TestPostgres.administer("ALTER DATABASE " + empty + " SET default_transaction_read_only = on");

        assertThat(refusal(TestPostgres.url(empty)))
                .contains("in a read-only transaction")
                .contains("targetServerType=primary");
    }

    @Test
    void write_readOnlyServer_isOneOutage_whileReadsGoOn() throws SQLException {
        TestPostgres.administer("ALTER DATABASE " + database + " SET default_transaction_read_only = on");
        List<String> told = new ArrayList<>();
        try (SqlStore standby = SqlStore.open(db(), SqlStore.Mode.EXISTING)) {
            standby.listen(recording(told));
            for (int i = 0; i < 3; i++) {
                ServiceException failure =
                        failure(ErrorKind.UNAVAILABLE, () -> standby.scopes().insert(List.of(scope("fx")), List.of()));
                assertThat(failure.isLogged()).isTrue();
                assertThat(standby.isReadable()).isTrue();
            }
        }

        assertThat(told).hasSize(1);
        assertThat(told.get(0)).contains("in a read-only transaction");
    }

    @Test
    void open_tooManyConnections_saysSo() throws SQLException {
        createRole("CONNECTION LIMIT 0");

        ServiceException failure = failure(
                ErrorKind.UNAVAILABLE, () -> SqlStore.open(TestPostgres.url(database, role, ""), SqlStore.Mode.CREATE));

        assertThat(failure)
                .hasMessageContaining("too many connections for role")
                .hasMessageContaining("max_connections");
    }

    @Test
    void find_statementTimeout_saysSo_andIsNoOutage() throws SQLException {
        List<String> told = new ArrayList<>();
        try (SqlStore hurried = SqlStore.open(db() + "&options=-c%20statement_timeout=50", SqlStore.Mode.EXISTING);
                Connection other = connect();
                Statement statement = other.createStatement()) {
            hurried.listen(recording(told));
            statement.execute("BEGIN");
            statement.execute("LOCK TABLE access_keys");

            ServiceException failure =
                    failure(ErrorKind.UNAVAILABLE, () -> hurried.accessKeys().find("x"));

            assertThat(failure.reason()).contains("statement timeout").contains("raise statement_timeout");
            assertThat(failure.isLogged()).isFalse();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void connectionsCut_isOneOutage_andAllIsWellAgain() throws SQLException {
        store.scopes().insert(List.of(scope("fx")), List.of());
        store.accessKeys().insert(key("one", "fx"), List.of(), List.of(event("key.create", "one")));
        List<String> told = new ArrayList<>();
        store.listen(recording(told));
        TestPostgres.administer(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");

        assertThat(Stream.generate(this::findOne).limit(20)).contains(true);
        assertThat(told).hasSizeLessThanOrEqualTo(1);
    }

    private boolean findOne() {
        try {
            return store.accessKeys().find("one").isPresent();
        } catch (ServiceException e) {
            assertThat(e.isLogged()).isTrue();
            return false;
        }
    }

    /** The one line that a failed opening is told by. */
    private static String refusal(String url) {
        ServiceException failure = failure(ErrorKind.MISCONFIGURED, () -> SqlStore.open(url, SqlStore.Mode.CREATE));
        assertThat(failure.getMessage())
                .startsWith("The store jdbc:postgresql://")
                .hasLineCount(1);
        return failure.getMessage();
    }

    private void createRole(String options) throws SQLException {
        TestPostgres.administer("CREATE ROLE " + role + " LOGIN " + options);
    }

    private String createDatabaseAndRole(String options) throws SQLException {
        createRole(options);
        return TestPostgres.createDatabase();
    }

    private static OutageListener recording(List<String> told) {
        return new OutageListener() {
            @Override
            public void began(String reason) {
                told.add(reason);
            }

            @Override
            public void ended(String store) {
                told.add("ended: " + store);
            }
        };
    }
}
