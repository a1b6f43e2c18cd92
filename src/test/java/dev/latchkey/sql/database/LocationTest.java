package dev.latchkey.sql.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class LocationTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\0b",
                "jdbc:sqlite:",
                "jdbc:sqlite:file:hidden.db",
                "jdbc:sqlite:a.db?password=hidden",
                "jdbc:mysql://u:hidden@host/db",
                "postgresql:///hidden",
                "postgresql:u:hidden@host/db",
                "Postgresql://u:hidden@host/db",
                "JDBC:postgresql://u:hidden@host/db",
                "postgresql://u:hidden@/db?host=%2Ftmp",
                "postgresql://host/hidden?dbname=x",
                "postgres://u:hid@den@host/db",
                "postgres://u:123?hidden@host/db",
                "jdbc:postgresql://u:123?hidden@host/db",
                "jdbc:postgresql://u:hid@den@host/db",
                "file:hidden.db",
                "jdbc:postgresql://u:hidden/x@host/db",
                "postgresql://host:99999/hidden",
                "jdbc:postgresql://u:%zz@host/hidden"
            })
    void parse_otherThings_isMisconfigured_andShowsNothing(String db) {
        ServiceException failure = failure(ErrorKind.MISCONFIGURED, () -> Location.parse(db));

        assertThat(failure).hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://u:hidden@host:5433/db?ssl=true, jdbc:postgresql://host:5433/db",
        "postgres://u:hidden@host/db?sslmode=require, jdbc:postgresql://host/db",
        "jdbc:postgresql://host/db?user=u&password=hidden, jdbc:postgresql://host/db",
        "jdbc:postgresql:db, jdbc:postgresql:db",
        "latchkey.db, latchkey.db",
        "jdbc:sqlite:data/latchkey.db, data/latchkey.db"
    })
    void shown_holdsNoPassword(String db, String shown) {
        assertThat(Location.parse(db)).hasToString(shown);
        assertThat(Location.parse(db).shown()).isEqualTo(shown);
    }

    @Test
    void parse_userInfo_isDecoded() {
        Location location = Location.parse("jdbc:postgresql://an%40n:p%2Fw+%25@host/db?a=b@c");

        assertThat(location.user()).isEqualTo("an@n");
        assertThat(location.password()).isEqualTo("p/w+%");
        assertThat(location.url()).isEqualTo("jdbc:postgresql://host/db?a=b@c");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://an%40n:p%2Fw+%25@host/db, jdbc:postgresql://host/db",
        "'postgresql://an%40n:p%2Fw+%25@a:1,b:2/db?sslmode=require&target_session_attrs=read-write',"
                + " 'jdbc:postgresql://a:1,b:2/db?sslmode=require&targetServerType=primary'",
        "'postgresql://an%40n:p%2Fw+%25@h/db?connect_timeout=5&application_name=a+b',"
                + " 'jdbc:postgresql://h/db?connectTimeout=5&ApplicationName=a%2Bb'"
    })
    void parse_libpqUrl_isTranslated(String db, String url) {
        Location location = Location.parse(db);

        assertThat(location.user()).isEqualTo("an@n");
        assertThat(location.secret()).isEqualTo("p/w+%");
        assertThat(location.url()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "'postgresql://a,b/db', primary, 1",
        "'jdbc:postgresql://a,b/db?targetServerType=any&hostRecheckSeconds=7', any, 7",
        "'postgresql://a/db', any, 10"
    })
    void severalHosts_meanTheOneThatTakesWrites(String db, String type, int recheckSeconds) {
        PGSimpleDataSource source = PostgresqlSource.of(Location.parse(db));

        assertThat(source.getTargetServerType()).isEqualTo(type);
        assertThat(source.getHostRecheckSeconds()).isEqualTo(recheckSeconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://u:hid/den@host/db",
                "jdbc:postgresql://host:hidden/db",
                "jdbc:postgresql://host:99999/db?user=u&password=hidden",
                "jdbc:postgresql://host?user=u&password=hidden"
            })
    void open_urlTheDriverRefuses_isMisconfigured_andShowsNothing(String db) {
        Logger driver = Logger.getLogger("org.postgresql");
        List<String> logged = new ArrayList<>();
        StreamHandler handler = new StreamHandler() {
            @Override
            public synchronized void publish(LogRecord entry) {
                logged.add(entry.getMessage());
            }
        };
        driver.addHandler(handler);
        try {
            ServiceException failure = failure(ErrorKind.MISCONFIGURED, () -> DatabaseOpener.open(db, true, null));

            assertThat(failure).hasNoCause().hasMessageNotContaining("hid");
            assertThat(logged).isEmpty();
            assertThat(driver.getLevel()).isNull();
        } finally {
            driver.removeHandler(handler);
        }
    }

    private static ServiceException failure(ErrorKind kind, ThrowingCallable call) {
        ServiceException failure = catchThrowableOfType(ServiceException.class, call);
        assertThat(failure.kind()).isEqualTo(kind);
        return failure;
    }
}
