package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("postgresql")
class PostgresOpeningTest extends StoreTests {
    private final String database = TestPostgres.createDatabase();

    @Override
    String db() {
        return TestPostgres.url(database);
    }

    @Override
    Connection connect() throws SQLException {
        return TestPostgres.connect(database);
    }

    @Test
    void open_emptyDatabase_existingWanted_isRefused() throws SQLException {
        String empty = TestPostgres.createDatabase();

        ServiceException failure =
                failure(ErrorKind.MISCONFIGURED, () -> SqlStore.open(TestPostgres.url(empty), SqlStore.Mode.EXISTING));

        assertThat(failure).hasMessageStartingWith("There is no store at jdbc:postgresql://localhost:");
    }

    @Test
    void open_emptyDatabase_bySeveralAtOnce_makesOneStore() throws Exception {
        String empty = TestPostgres.url(TestPostgres.createDatabase());
        Callable<Boolean> open = () -> {
            try (SqlStore another = SqlStore.open(empty, SqlStore.Mode.CREATE)) {
                return another.isReadable();
            }
        };

        assertThat(together(List.of(open, open, open, open))).containsOnly(true);
    }

    @Test
    void open_databaseWithOtherTables_isRefused() throws SQLException {
        String other = TestPostgres.createDatabase();
        try (Connection connection = TestPostgres.connect(other)) {
            connection.createStatement().execute("CREATE TABLE users (id BIGINT)");
        }

        ServiceException failure =
                failure(ErrorKind.MISCONFIGURED, () -> SqlStore.open(TestPostgres.url(other), SqlStore.Mode.CREATE));

        assertThat(failure).hasMessageContaining("tables of something else");
    }

    @Test
    void open_schemaOfItsOwn_livesThere() throws SQLException {
        execute("CREATE SCHEMA other");

        try (SqlStore another = SqlStore.open(db() + "&currentSchema=other", SqlStore.Mode.CREATE)) {
            another.scopes().insert(List.of(scope("fx")), List.of());
        }

        assertThat(column("SELECT name FROM other.scopes")).containsExactly("fx");
        assertThat(store.scopes().all()).isEmpty();
    }

    @Test
    void open_databaseThatIsNotThere_isMisconfigured() {
        String url = "jdbc:postgresql://postgres:hidden@localhost:" + TestPostgres.port() + "/nowhere";

        ServiceException failure = failure(ErrorKind.MISCONFIGURED, () -> SqlStore.open(url, SqlStore.Mode.CREATE));

        assertThat(failure).hasMessageContaining("/nowhere").hasMessageNotContaining("hidden");
    }

    @Test
    void open_noServerListens_isUnavailable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String url = "jdbc:postgresql://localhost:" + port + "/store?user=u&password=hidden";

        ServiceException failure = failure(ErrorKind.UNAVAILABLE, () -> SqlStore.open(url, SqlStore.Mode.CREATE));

        assertThat(failure)
                .hasMessageStartingWith("The store jdbc:postgresql://localhost:" + port + "/store cannot be reached (")
                .hasMessageContaining("refused")
                .hasMessageEndingWith(
                        "; check host, port and parameters of its URL, and that the server runs and listens there.")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres@", "postgres:hid%2Fden%40%25+@", "post%67res:@"})
    void open_userBeforeTheHost_isThatUser(String userInfo) {
        String url = "jdbc:postgresql://" + userInfo + "localhost:" + TestPostgres.port() + "/" + database;

        try (SqlStore another = SqlStore.open(url, SqlStore.Mode.EXISTING)) {
            assertThat(another.isReadable()).isTrue();
        }
    }

    @Test
    void databaseAway_isUnavailable_andComesBackByItself() throws SQLException {
        try (SqlStore hurried = SqlStore.open(db(), SqlStore.Mode.EXISTING, Duration.ofMillis(250))) {
            TestPostgres.administer("ALTER DATABASE " + database + " ALLOW_CONNECTIONS false", endConnections());

            failure(ErrorKind.UNAVAILABLE, () -> hurried.accessKeys().find("x"));
            failure(ErrorKind.UNAVAILABLE, () -> hurried.scopes().insert(List.of(scope("fx")), List.of()));
            assertThat(hurried.isReadable()).isFalse();

            TestPostgres.administer("ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
            assertThat(Stream.generate(hurried::isReadable).limit(20)).contains(true);
            hurried.scopes().insert(List.of(scope("fx")), List.of());
        }
    }

    @Test
    void writers_ofTwoStores_loseNothing() throws Exception {
        store.scopes().insert(List.of(scope("fx")), List.of());
        SqlStore other = open();

        Set<String> written = Writers.writeFrom(store, other);

        assertThat(store.accessKeys().all()).extracting(key -> key.id()).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void find_connectionKilled_isFoundAgain() throws SQLException {
        store.scopes().insert(List.of(scope("fx")), List.of());
        store.accessKeys().insert(key("one", "fx"), List.of(), List.of(event("key.create", "one")));
        TestPostgres.administer(endConnections());

        assertThat(Stream.generate(() -> isThere("one")).limit(20)).contains(true);
    }

    private boolean isThere(String id) {
        try {
            return store.accessKeys().find(id).isPresent();
        } catch (ServiceException e) {
            return false;
        }
    }

    private String endConnections() {
        return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'";
    }
}
