package dev.latchkey.sql.database;

import static dev.latchkey.sql.database.Diagnosis.Effect.ALL;
import static dev.latchkey.sql.database.Diagnosis.Effect.STATEMENT;
import static dev.latchkey.sql.database.Diagnosis.passing;
import static dev.latchkey.sql.database.Diagnosis.permanent;

import java.net.ConnectException;
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
    private static final Diagnosis LOST = passing(
            ALL, "has lost its connection to the server", "check that the server runs and what cuts connections to it");

    /** By SQLSTATE, or by the two characters that begin a class of them. */
    private static final Map<String, Diagnosis> KNOWN = Diagnosis.table("""
            08001 ALL UNAVAILABLE | cannot be reached | check host, port and parameters of its URL, and that the server \
            runs and listens there
            08P01 ALL MISCONFIGURED | is refused by what answers there, as a pooler such as PgBouncer does | check the \
            pooler's log and its databases, users and pool sizes; PgBouncer needs ignore_startup_parameters = \
            extra_float_digits
            42601,42704,42883,0A STATEMENT MISCONFIGURED | is on a server that lacks what Latchkey needs | use PostgreSQL \
            itself, 10 or later, not something that speaks its protocol
            22023 ALL MISCONFIGURED | has a parameter in its URL that is not understood | correct the URL of the store
            22P05 STATEMENT MISCONFIGURED | is in an encoding that lacks a character | move it to a database that is \
            created with ENCODING 'UTF8'
            25006 WRITING MISCONFIGURED | may be read but not written: the server is a standby, or read-only | name the \
            primary server (targetServerType=primary chooses it among several hosts), or turn \
            default_transaction_read_only off
            26000,42P05 STATEMENT MISCONFIGURED | is behind a pooler that loses prepared statements | set \
            max_prepared_statements in PgBouncer (1.21 or later), or prepareThreshold=0 in the URL
            28P01 ALL MISCONFIGURED | refuses the user {role} or the password | correct them in the URL of the store
            28 ALL MISCONFIGURED | refuses the user {role} | check that the role exists and may log in, and that \
            pg_hba.conf lets it in from this address, with TLS or without (sslmode=require)
            3D000 ALL MISCONFIGURED | is a database that does not exist | create it first: CREATE DATABASE {database}
            3F000 ALL MISCONFIGURED | has no schema to keep its tables in | create the one that currentSchema in the URL \
            names, or leave that out
            40 STATEMENT UNAVAILABLE | had to break off a change because of another | try it again
            42501 STATEMENT MISCONFIGURED | gives the role {role} too few rights | let an administrator run, in that \
            database: GRANT USAGE, CREATE ON SCHEMA {schema} TO {role}; for tables that are there already: GRANT SELECT, \
            INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}
            42P07 STATEMENT MISCONFIGURED | holds tables of something else | give Latchkey a database or a schema of its \
            own (currentSchema in the URL)
            42 STATEMENT MISCONFIGURED | does not have the tables that Latchkey made | put a backup in its place, or use \
            the Latchkey that made it
            53100 WRITING UNAVAILABLE | is on a server whose disk is full | free some room on the server's disk
            53300 ALL UNAVAILABLE | has no connection left for Latchkey | end other clients, raise max_connections or the \
            limit of the role or the database, or put a pooler before the server
            53 ALL UNAVAILABLE | is on a server that is short of resources | look into its log
            55000 ALL MISCONFIGURED | does not let anyone in now | check ALLOW_CONNECTIONS of the database
            55P03 WRITING UNAVAILABLE | is locked by another transaction | try again, or end that transaction if it hangs \
            (pg_stat_activity)
            57014 STATEMENT UNAVAILABLE | has ended a statement that took too long | raise statement_timeout for the role \
            {role}, or look for what keeps the server busy
            57P03 ALL UNAVAILABLE | is on a server that starts up or shuts down | wait for it and try again
            58,XX ALL UNAVAILABLE | is on a server that has failed itself | look into the server's log
            08,57 ALL UNAVAILABLE | has lost its connection to the server | check that the server runs and what cuts \
            connections to it
            """);

    private PostgresqlFailures() {}

    /** @param source knows the role, the schema and the database */
    static Diagnosis diagnose(PGSimpleDataSource source, SQLException failure) {
        String role = source.getUser() == null ? System.getProperty("user.name") : source.getUser();
        String schema = source.getCurrentSchema() == null ? "public" : source.getCurrentSchema();
        return of(source, failure)
                .with("{role}", identifier(role))
                .with("{schema}", identifier(schema))
                .with("{database}", identifier(String.valueOf(source.getDatabaseName())));
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
        if (state.equals("08004")) {
            return rejectedByDriver(source);
        }
        if (state.equals("42501") && connecting) {
            return permanent(ALL, "does not let the role {role} in", "GRANT CONNECT ON DATABASE {database} TO {role}");
        }
        if (state.isEmpty()) {
            return connecting
                    ? passing(ALL, "has no connection to spare", "look for slow statements on the server, or try again")
                    : passing(STATEMENT, "cannot be used now", "try again");
        }
        Diagnosis known = KNOWN.get(state);
        if (known == null) {
            known = KNOWN.get(state.substring(0, Math.min(2, state.length())));
        }
        return known == null
                ? passing(connecting ? ALL : STATEMENT, "cannot be used now", "look into the server's log")
                : known;
    }

    private static @Nullable Diagnosis network(SQLException said) {
        if (Diagnosis.cause(said, UnknownHostException.class).isPresent()) {
            return permanent(ALL, "names a host that cannot be found", "correct the host in the URL");
        }
        if (Diagnosis.cause(said, SSLException.class).isPresent()
                || Diagnosis.cause(said, GeneralSecurityException.class).isPresent()) {
            return permanent(
                    ALL,
                    "cannot be reached by TLS",
                    "check sslmode and sslrootcert in the URL, and the server's certificate");
        }
        if (Diagnosis.cause(said, SocketTimeoutException.class).isPresent()) {
            return passing(
                    ALL,
                    "does not answer in time",
                    "check host, port, firewalls, and that the server is not overloaded");
        }
        if (Diagnosis.cause(said, NoRouteToHostException.class).isPresent()) {
            return passing(ALL, "is where no network leads", "check host, port and network");
        }
        boolean refused = Diagnosis.cause(said, ConnectException.class).isPresent();
        return refused || !Diagnosis.cause(said, SocketException.class).isPresent() ? null : LOST;
    }

    /** The driver gives this code to what it refuses itself: no password where one is asked for, no TLS where one is wanted. */
    private static Diagnosis rejectedByDriver(PGSimpleDataSource source) {
        String password = source.getPassword() == null ? "add the password of {role} to the URL of the store" : "";
        String tls =
                source.getSslMode() == null ? "" : "check that the server knows TLS as sslmode in the URL wants it";
        String remedy = password.isEmpty() || tls.isEmpty() ? password + tls : password + ", or " + tls;
        return permanent(
                ALL,
                "cannot be entered this way",
                remedy.isEmpty() ? "check how pg_hba.conf wants the role {role} to log in" : remedy);
    }

    private static String identifier(String name) {
        boolean plain = name.equals(name.toLowerCase(Locale.ROOT)) && name.matches("[a-z_][a-z0-9_]*");
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
