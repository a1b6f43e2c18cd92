package dev.latchkey.sql.database;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a store is, read from what people give for {@code --db}.
 *
 * @param url what the driver is given; may hold a password; empty = it is given nothing, the store is behind a data source
 * @param file the SQLite file; null = in memory or PostgreSQL
 * @param user from {@code //user:password@host}, which the driver does not know; null = as the URL says
 * @param shown how messages name it; holds no password
 */
record Location(
        Dialect dialect,
        String url,
        @Nullable Path file,
        @Nullable String user,
        @Nullable String password,
        String shown) {
    /** A data source that has not told yet what database it leads to. */
    static final Location UNKNOWN_SOURCE = ofSource(PostgresqlDialect.INSTANCE, null);

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String MEMORY = ":memory:";
    private static final Pattern SOME_URL = Pattern.compile(
            "(?:jdbc|file|postgres|postgresql):.*|[a-z][a-z0-9+.-]+://.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern LIBPQ = Pattern.compile("postgres(?:ql)?://");

    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding",
            "connect_timeout", "connectTimeout",
            "gssencmode", "gssEncMode",
            "target_session_attrs", "targetServerType");

    private static final Map<String, String> SERVER_TYPES = Map.of(
            "read-write", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    /** Their place is before the question mark. */
    private static final Set<String> PSQL_ONLY = Set.of("host", "hostaddr", "port", "dbname", "service", "passfile");

    private static final Pattern PASSWORD = Pattern.compile("[?&]password=([^&]*)");
    private static final Pattern USER_INFO =
            Pattern.compile("(jdbc:postgresql://)([^/?:@]*)(?::([^/?@]*))?@(.*)", Pattern.DOTALL);

    /** A second {@code @} before the path: what is before it may be a part of the password. */
    private static final Pattern UNENCODED = Pattern.compile("[^/?]*@");

    /** A {@code ?} before {@code @} and before any path: a password may have it. */
    private static final Pattern CUT_SHORT = Pattern.compile("jdbc:postgresql://[^/?@]*\\?.*@.*", Pattern.DOTALL);

    /**
     * Reads a file name or URL.
     *
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when it is neither
     */
    static Location parse(String db) {
        if (db.startsWith(POSTGRESQL)) {
            return PostgresqlSource.wellFormed(postgresql(db));
        }
        if (db.startsWith(SQLITE)) {
            return sqliteUrl(db.substring(SQLITE.length()));
        }
        if (LIBPQ.matcher(db).lookingAt()) {
            return PostgresqlSource.wellFormed(postgresql(toJdbc(db)));
        }
        if (db.isBlank() || SOME_URL.matcher(db).matches()) {
            throw ServiceException.misconfigured(
                    "The store must be a SQLite file, or a jdbc:sqlite:, jdbc:postgresql: or postgresql: URL.");
        }
        return db.equals(MEMORY) ? memory() : file(db);
    }

    /** What another program's data source leads to. */
    static Location ofSource(Dialect dialect, @Nullable String user) {
        return new Location(dialect, "", null, user, null, "behind the data source");
    }

    boolean isMemory() {
        return dialect == SqliteDialect.INSTANCE && file == null && !url.isEmpty();
    }

    /** The password, wherever the URL has it; null = none. */
    @Nullable
    String secret() {
        Matcher parameter = PASSWORD.matcher(url);
        return password == null && parameter.find() ? decode(parameter.group(1)) : password;
    }

    /** A password may be in the URL. */
    @Override
    public String toString() {
        return shown;
    }

    private static Location sqliteUrl(String path) {
        if (path.equals(MEMORY)) {
            return memory();
        }
        if (path.isBlank() || path.startsWith("file:") || path.indexOf('?') >= 0) {
            throw ServiceException.misconfigured(
                    "A jdbc:sqlite: URL must be followed by the path of a file, without parameters.");
        }
        return file(path);
    }

    private static Location memory() {
        return new Location(SqliteDialect.INSTANCE, SQLITE + MEMORY, null, null, null, MEMORY);
    }

    /** The driver cuts a plain path at '?'; a file URI carries any character, and SQLite reads it byte by byte. */
    private static Location file(String path) {
        try {
            Path file = Path.of(path).toAbsolutePath();
            return new Location(
                    SqliteDialect.INSTANCE, SQLITE + "file:" + file.toUri().getRawPath(), file, null, null, path);
        } catch (InvalidPathException e) {
            throw ServiceException.misconfigured(
                    "The path of the store has a character that file names cannot have.", e);
        }
    }

    private static Location postgresql(String url) {
        int query = url.indexOf('?');
        String beforeQuery = query < 0 ? url : url.substring(0, query);
        int at = beforeQuery.lastIndexOf('@');
        String shown = at < 0 ? beforeQuery : POSTGRESQL + "//" + beforeQuery.substring(at + 1);
        Matcher userInfo = USER_INFO.matcher(url);
        boolean matches = userInfo.matches();
        if (matches
                ? UNENCODED.matcher(userInfo.group(4)).lookingAt()
                : CUT_SHORT.matcher(url).matches()) {
            throw notEncoded();
        }
        if (!matches) {
            return new Location(PostgresqlDialect.INSTANCE, url, null, null, null, shown);
        }
        String plain = userInfo.group(1) + userInfo.group(4);
        return new Location(
                PostgresqlDialect.INSTANCE, plain, null, decode(userInfo.group(2)), decode(userInfo.group(3)), shown);
    }

    /**
     * {@code postgresql://user:password@host:port/database?parameter=value}, as psql and managed databases give it (manual of
     * PostgreSQL, 34.1.1.2), as a JDBC URL; user and password stay where they are.
     *
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when the driver has nothing for it
     */
    private static String toJdbc(String url) {
        String[] parts = LIBPQ.matcher(url).replaceFirst("").split("\\?", 2);
        if (parts[0].isEmpty() || parts[0].startsWith("/")) {
            throw unusable("it names no host, and sockets in the file system are not supported");
        }
        String query = parts.length < 2 || parts[1].isEmpty()
                ? ""
                : Stream.of(parts[1].split("&", -1)).map(Location::parameter).collect(Collectors.joining("&", "?", ""));
        return "jdbc:postgresql://" + parts[0] + query;
    }

    private static String parameter(String parameter) {
        String[] pair = parameter.split("=", 2);
        String name = pair[0];
        if (PSQL_ONLY.contains(name)) {
            throw unusable("its parameter " + name + " is psql's own");
        }
        // The driver takes + for a space.
        String value = pair.length < 2 ? "" : pair[1].replace("+", "%2B");
        String its = name.equals("target_session_attrs") ? SERVER_TYPES.getOrDefault(value, value) : value;
        return DRIVER_NAMES.getOrDefault(name, name) + "=" + its;
    }

    private static ServiceException unusable(String why) {
        return ServiceException.misconfigured("The URL of the store cannot be used: " + why
                + "; give it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE.");
    }

    private static @Nullable String decode(@Nullable String text) {
        try {
            return text == null ? null : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw notEncoded();
        }
    }

    private static ServiceException notEncoded() {
        return ServiceException.misconfigured("The user or password in the URL of the store is not percent-encoded"
                + " (%40 for @, %3A for :, %2F for /, %3F for ?).");
    }
}
