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
                "postgresql://u:hidden@host/db",
                "postgres://u:hidden@host/db",
                "file:hidden.db",
                "jdbc:postgresql://u:%zz@host/hidden"
            })
    void parse_otherThings_isMisconfigured_andShowsNothing(String db) {
        ServiceException failure = failure(ErrorKind.MISCONFIGURED, () -> Location.parse(db));

        assertThat(failure).hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://u:hidden@host:5433/db?ssl=true, jdbc:postgresql://host:5433/db",
        "jdbc:postgresql://u:hid@den@host/db, jdbc:postgresql://host/db",
        "jdbc:postgresql://u:hid/den@host/db, jdbc:postgresql://host/db",
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
