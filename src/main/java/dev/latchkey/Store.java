package dev.latchkey;

import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where an embedded service keeps its access keys, signing keys, scopes and users. Immutable; prints no password. */
public final class Store {
    private static final String MEMORY = ":memory:";

    private final String db;
    private final @Nullable DataSource dataSource;

    private Store(String db, @Nullable DataSource dataSource) {
        this.db = db;
        this.dataSource = dataSource;
    }

    /** In memory: of its service alone, and gone when that is closed. */
    public static Store memory() {
        return new Store(MEMORY, null);
    }

    /** A SQLite file, which is made where there is none; several processes may use it. */
    public static Store file(Path file) {
        return new Store(file.toAbsolutePath().toString(), null);
    }

    /**
     * A {@code jdbc:sqlite:} or {@code jdbc:postgresql:} URL. PostgreSQL's may hold the user and the password, and needs
     * {@code org.postgresql:postgresql} on the class path.
     */
    public static Store jdbc(String url) {
        return new Store(Objects.requireNonNull(url, "url"), null);
    }

    /**
     * The program's own source of connections to PostgreSQL or SQLite, which should pool them: each token takes one for a
     * moment. It leads to a database, or a schema, of the store's own, and is not closed by Latchkey.
     */
    public static Store dataSource(DataSource source) {
        return new Store("(data source)", Objects.requireNonNull(source, "source"));
    }

    /** A file name or URL, as {@code --db} takes it; of no meaning beside a data source. */
    String db() {
        return db;
    }

    @Nullable
    DataSource dataSource() {
        return dataSource;
    }

    @Override
    public String toString() {
        return "Store[" + (db.startsWith("jdbc:") ? "jdbc:…" : db) + "]";
    }
}
