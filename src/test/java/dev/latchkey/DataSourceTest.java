package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.LatchkeyException.Reason;
import dev.latchkey.sql.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** A store behind the data source of the program. */
class DataSourceTest {
    @Test
    @Tag("postgresql")
    void poolThatCommitsByHand_isGivenBackAsItWas_andStaysOpen() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestPostgres.newDatabaseUrl());
        config.setAutoCommit(false);
        config.setMaximumPoolSize(3);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            keysAreKept(pool);

            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isFalse();
                assertThat(connection.isValid(1)).isTrue();
            }
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    @Tag("postgresql")
    void plainPostgresql_keepsKeys() throws Exception {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(TestPostgres.newDatabaseUrl());

        keysAreKept(source);
    }

    @Test
    void sqlite_keepsKeys_andRefusesToForgetScopesInUse(@TempDir Path folder) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("latchkey.db"));

        keysAreKept(source);
    }

    @Test
    void databaseOfSomethingElse_isRefused(@TempDir Path folder) throws Exception {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("other.db"));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users (id INTEGER)");
        }

        refused(Reason.STORE_UNUSABLE, source);
    }

    @Test
    void databaseThatIsAway_isUnreachable() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://localhost:1/none");

        refused(Reason.STORE_UNREACHABLE, source);
    }

    private static void keysAreKept(DataSource source) {
        String id;
        try (Latchkey latchkey =
                Latchkey.builder().store(Store.dataSource(source)).start()) {
            id = latchkey.keys().create("orders", "fx").id();
            latchkey.keys().rotate(id, Duration.ofHours(1));
            assertThat(latchkey.tokenFor(id)).isNotEmpty();
            assertThatThrownBy(() -> latchkey.scopes().remove("fx"))
                    .isInstanceOfSatisfying(
                            LatchkeyException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONFLICT));
        }
        try (Latchkey latchkey =
                Latchkey.builder().store(Store.dataSource(source)).start()) {
            assertThat(latchkey.keys().find(id)).isPresent();
            assertThat(latchkey.tokenFor(id, "fx")).isNotEmpty();
        }
    }

    private static void refused(Reason reason, DataSource source) {
        assertThatThrownBy(() -> Latchkey.builder()
                        .store(Store.dataSource(source))
                        .start()
                        .close())
                .isInstanceOfSatisfying(
                        LatchkeyException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }
}
