package dev.latchkey.sql.database;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;

/** How the driver is told where a PostgreSQL store is, and how long to wait for it. */
final class PostgresqlSource {
    /** A server that is silent for longer is taken for dead: reading is a matter of milliseconds. */
    static final int SILENT_SECONDS = 3;

    private static final int CONNECT_SECONDS = 3;

    private PostgresqlSource() {}

    /** Programs that embed the service may leave the driver out. */
    private static PGSimpleDataSource ofDriver() {
        try {
            return new PGSimpleDataSource();
        } catch (NoClassDefFoundError e) {
            throw ServiceException.misconfigured(
                    "PostgreSQL's driver is not on the class path: add org.postgresql:postgresql.", e);
        }
    }

    /** The same place, whose URL the driver takes; fails with {@link ErrorKind#MISCONFIGURED} where it does not. */
    static Location wellFormed(Location location) {
        PGSimpleDataSource unused = of(location);
        return location;
    }

    /** What the URL sets itself is left as it is. */
    static PGSimpleDataSource of(Location location) {
        PGSimpleDataSource source = ofDriver();
        try {
            if (!location.url().isEmpty()) {
                setUrl(source, location.url());
            }
        } catch (IllegalArgumentException e) {
            // The cause is dropped: it holds the URL, and with it the password.
            throw ServiceException.misconfigured(
                    "The URL of the store is not well-formed; it is jdbc:postgresql://host:port/database.");
        }
        if (location.user() != null) {
            source.setUser(location.user());
        }
        if (location.password() != null) {
            source.setPassword(location.password());
        }
        String url = location.url();
        unlessSet(url, "connectTimeout=", () -> source.setConnectTimeout(CONNECT_SECONDS));
        unlessSet(url, "socketTimeout=", () -> source.setSocketTimeout(SILENT_SECONDS));
        unlessSet(url, "tcpKeepAlive=", () -> source.setTcpKeepAlive(true));
        unlessSet(url, "ApplicationName=", () -> source.setApplicationName("latchkey"));
        if (url.split("\\?", 2)[0].contains(",")) {
            // Of several hosts the one that takes writes, looked for anew soon: a standby tells what was so before.
            unlessSet(url, "targetServerType=", () -> source.setTargetServerType("primary"));
            unlessSet(url, "hostRecheckSeconds=", () -> source.setHostRecheckSeconds(1));
        }
        return source;
    }

    private static void unlessSet(String url, String parameter, Runnable setting) {
        if (!url.contains(parameter)) {
            setting.run();
        }
    }

    /** The driver logs a URL that it refuses, and with it the password; what is wrong is told without. */
    private static synchronized void setUrl(PGSimpleDataSource source, String url) {
        Logger driver = Logger.getLogger("org.postgresql");
        Level before = driver.getLevel();
        driver.setLevel(Level.OFF);
        try {
            source.setURL(url);
        } finally {
            driver.setLevel(before);
        }
    }
}
