package dev.latchkey.sql;

import static dev.latchkey.sql.Diagnosis.Effect.ALL;
import static dev.latchkey.sql.Diagnosis.Effect.STATEMENT;
import static dev.latchkey.sql.Diagnosis.Effect.WRITING;

import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** What the SQLSTATEs of PostgreSQL (its manual, appendix A), of its driver and of a pooler before it mean for a store. */
final class PostgresqlFailures {
    private static final String ROLE = "{role}";
    private static final String SCHEMA = "{schema}";
    private static final String DATABASE = "{database}";
    private static final String NO_RIGHT = "42501";
    private static final String REJECTED_BY_DRIVER = "08004";

    private static final Diagnosis LOST = Diagnosis.passing(
            ALL, "has lost its connection to the server", "check that the server runs and what cuts connections to it");

    private static final Diagnosis SERVER_FAULT =
            Diagnosis.passing(ALL, "is on a server that has failed itself", "look into the server's log");

    private static final Diagnosis UNPREPARED = Diagnosis.permanent(
            STATEMENT,
            "is behind a pooler that loses prepared statements",
            "set max_prepared_statements in PgBouncer (1.21 or later), or add prepareThreshold=0 to the URL");

    /** By SQLSTATE, or by its class, which is the first two characters. */
    private static final Map<String, Diagnosis> BY_STATE = Map.ofEntries(
            Map.entry("08", LOST),
            Map.entry(
                    "08001",
                    Diagnosis.passing(
                            ALL,
                            "cannot be reached",
                            "check host, port and parameters of its URL, and that the server runs and listens there")),
            Map.entry(
                    "08P01",
                    Diagnosis.permanent(
                            ALL,
                            "is refused by what answers there, as a pooler such as PgBouncer does",
                            "check the pooler's log and its databases, users and pool sizes; PgBouncer needs"
                                    + " ignore_startup_parameters = extra_float_digits")),
            Map.entry("0A", notPostgresql()),
            Map.entry(
                    "22023",
                    Diagnosis.permanent(
                            ALL, "has a parameter in its URL that is not understood", "correct the URL of the store")),
            Map.entry(
                    "25006",
                    Diagnosis.permanent(
                            WRITING,
                            "may be read but not written: the server is a standby, or read-only",
                            "name the primary server (targetServerType=primary chooses it among several hosts), or turn"
                                    + " default_transaction_read_only off")),
            Map.entry("26000", UNPREPARED),
            Map.entry("42P05", UNPREPARED),
            Map.entry(
                    "28",
                    Diagnosis.permanent(
                            ALL,
                            "refuses the user {role}",
                            "check that the role exists and may log in, and that pg_hba.conf lets it in from this address,"
                                    + " with TLS or without (sslmode=require)")),
            Map.entry(
                    "28P01",
                    Diagnosis.permanent(
                            ALL, "refuses the user {role} or the password", "correct them in the URL of the store")),
            Map.entry(
                    "3D000",
                    Diagnosis.permanent(
                            ALL, "is a database that does not exist", "create it first: CREATE DATABASE {database}")),
            Map.entry(
                    "3F000",
                    Diagnosis.permanent(
                            ALL,
                            "has no schema to keep its tables in",
                            "create the one that currentSchema in the URL names, or leave that out")),
            Map.entry(
                    "40", Diagnosis.passing(STATEMENT, "had to break off a change because of another", "try it again")),
            Map.entry(
                    NO_RIGHT,
                    Diagnosis.permanent(
                            STATEMENT,
                            "gives the role {role} too few rights",
                            "let an administrator run, in that database: GRANT USAGE, CREATE ON SCHEMA {schema} TO {role};"
                                    + " for tables that are there already: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL"
                                    + " TABLES IN SCHEMA {schema} TO {role}")),
            Map.entry(
                    "42",
                    Diagnosis.permanent(
                            STATEMENT,
                            "does not have the tables that Latchkey made",
                            "put a backup in its place, or use the Latchkey that made it")),
            Map.entry(
                    "42P07",
                    Diagnosis.permanent(
                            STATEMENT,
                            "holds tables of something else",
                            "give Latchkey a database or a schema of its own (currentSchema in the URL)")),
            Map.entry("42601", notPostgresql()),
            Map.entry("42704", notPostgresql()),
            Map.entry("42883", notPostgresql()),
            Map.entry("53", Diagnosis.passing(ALL, "is on a server that is short of resources", "look into its log")),
            Map.entry(
                    "53100",
                    Diagnosis.passing(
                            WRITING, "is on a server whose disk is full", "free some room on the server's disk")),
            Map.entry(
                    "53300",
                    Diagnosis.passing(
                            ALL,
                            "has no connection left for Latchkey",
                            "end other clients, raise max_connections or the limit of the role or the database, or put a"
                                    + " pooler before the server")),
            Map.entry(
                    "55000",
                    Diagnosis.permanent(ALL, "does not let anyone in now", "check ALLOW_CONNECTIONS of the database")),
            Map.entry(
                    "55P03",
                    Diagnosis.passing(
                            WRITING,
                            "is locked by another transaction",
                            "try again, or end that transaction if it hangs (pg_stat_activity)")),
            Map.entry("57", LOST),
            Map.entry(
                    "57014",
                    Diagnosis.passing(
                            STATEMENT,
                            "has ended a statement that took too long",
                            "raise statement_timeout for the role {role}, or look for what keeps the server busy")),
            Map.entry(
                    "57P03",
                    Diagnosis.passing(ALL, "is on a server that starts up or shuts down", "wait for it and try again")),
            Map.entry("58", SERVER_FAULT),
            Map.entry("XX", SERVER_FAULT));

    private PostgresqlFailures() {}

    /** @param source knows the role, the schema and the database */
    static Diagnosis diagnose(PGSimpleDataSource source, SQLException failure) {
        String role = source.getUser() == null ? System.getProperty("user.name") : source.getUser();
        String schema = source.getCurrentSchema() == null ? "public" : source.getCurrentSchema();
        return of(source, failure)
                .with(ROLE, identifier(role))
                .with(SCHEMA, identifier(schema))
                .with(DATABASE, identifier(String.valueOf(source.getDatabaseName())));
    }

    private static Diagnosis of(PGSimpleDataSource source, SQLException failure) {
        SQLException said = Dialect.innermost(failure);
        String state = said.getSQLState() == null ? "" : said.getSQLState();
        boolean connecting = failure instanceof SQLTransientConnectionException;
        if (state.startsWith("08")) {
            Diagnosis network = network(said);
            if (network != null) {
                return network;
            }
        }
        if (state.equals(REJECTED_BY_DRIVER)) {
            return rejectedByDriver(source);
        }
        if (state.equals(NO_RIGHT) && connecting) {
            return Diagnosis.permanent(
                    ALL, "does not let the role {role} in", "GRANT CONNECT ON DATABASE {database} TO {role}");
        }
        if (state.isEmpty()) {
            return connecting
                    ? Diagnosis.passing(
                            ALL, "has no connection to spare", "look for slow statements on the server, or try again")
                    : Diagnosis.passing(STATEMENT, "cannot be used now", "try again");
        }
        Diagnosis known = BY_STATE.get(state);
        if (known == null) {
            known = BY_STATE.get(state.substring(0, Math.min(2, state.length())));
        }
        return known == null
                ? Diagnosis.passing(connecting ? ALL : STATEMENT, "cannot be used now", "look into the server's log")
                : known;
    }

    private static @Nullable Diagnosis network(SQLException said) {
        if (DriverMessage.cause(said, UnknownHostException.class).isPresent()) {
            return Diagnosis.permanent(ALL, "names a host that cannot be found", "correct the host in the URL");
        }
        if (DriverMessage.cause(said, SSLException.class).isPresent()
                || DriverMessage.cause(said, GeneralSecurityException.class).isPresent()) {
            return Diagnosis.permanent(
                    ALL,
                    "cannot be reached by TLS",
                    "check sslmode and sslrootcert in the URL, and the server's certificate");
        }
        if (DriverMessage.cause(said, SocketTimeoutException.class).isPresent()) {
            return Diagnosis.passing(
                    ALL,
                    "does not answer in time",
                    "check host, port, firewalls, and that the server is not overloaded");
        }
        if (DriverMessage.cause(said, NoRouteToHostException.class).isPresent()) {
            return Diagnosis.passing(ALL, "is where no network leads", "check host, port and network");
        }
        boolean refused =
                DriverMessage.cause(said, java.net.ConnectException.class).isPresent();
        return refused || !DriverMessage.cause(said, SocketException.class).isPresent() ? null : LOST;
    }

    /** The driver gives this code to what it refuses itself: no password where one is asked for, no TLS where one is wanted. */
    private static Diagnosis rejectedByDriver(PGSimpleDataSource source) {
        String password = source.getPassword() == null ? "add the password of {role} to the URL of the store" : "";
        String tls =
                source.getSslMode() == null ? "" : "check that the server knows TLS as sslmode in the URL wants it";
        String remedy = password.isEmpty() || tls.isEmpty() ? password + tls : password + ", or " + tls;
        return Diagnosis.permanent(
                ALL,
                "cannot be entered this way",
                remedy.isEmpty() ? "check how pg_hba.conf wants the role {role} to log in" : remedy);
    }

    private static Diagnosis notPostgresql() {
        return Diagnosis.permanent(
                STATEMENT,
                "is on a server that lacks what Latchkey needs",
                "use PostgreSQL itself, 10 or later, not something that speaks its protocol");
    }

    private static String identifier(String name) {
        boolean plain = name.equals(name.toLowerCase(Locale.ROOT)) && name.matches("[a-z_][a-z0-9_]*");
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
