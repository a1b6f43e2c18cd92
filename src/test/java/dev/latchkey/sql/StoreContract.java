package dev.latchkey.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A part of what every store promises, tried on each database. */
@ParameterizedClass
@MethodSource("dev.latchkey.sql.TestDatabase#tested")
abstract class StoreContract extends StoreTests {
    @Parameter
    TestDatabase database;

    @TempDir
    Path folder;

    private TestDatabase.@Nullable Place place;

    @Override
    String db() {
        return place().db();
    }

    @Override
    Connection connect() throws SQLException {
        return place().connecting().connect();
    }

    /** When the stores are closed. */
    @AfterEach
    @Override
    void closeStores() throws SQLException {
        super.closeStores();
        if (place != null) {
            place.ending().end();
        }
    }

    private TestDatabase.Place place() {
        if (place == null) {
            place = database.create(folder);
        }
        return place;
    }
}
