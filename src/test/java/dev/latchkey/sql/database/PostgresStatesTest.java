package dev.latchkey.sql.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sql.database.Diagnosis.Effect;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each code that a server, a driver or a pooler gives has its effect and its remedy. */
class PostgresStatesTest {
    private static final Location LOCATION =
            Location.parse("jdbc:postgresql://db.example/store?user=Ann&password=s3cr3t");

    private static Diagnosis diagnose(SQLException failure) {
        return PostgresqlDialect.INSTANCE.diagnose(LOCATION, failure);
    }

    @ParameterizedTest
    @CsvSource({
        "08006, ALL, server runs",
        "08003, ALL, server runs",
        "08P01, ALL, PgBouncer",
        "22P05, STATEMENT, UTF8",
        "25006, WRITING, primary",
        "26000, STATEMENT, prepareThreshold=0",
        "42P05, STATEMENT, prepareThreshold=0",
        "28P01, ALL, correct them",
        "28000, ALL, pg_hba.conf",
        "3D000, ALL, CREATE DATABASE store",
        "3F000, ALL, currentSchema",
        "40001, STATEMENT, try it again",
        "40P01, STATEMENT, try it again",
        "42501, STATEMENT, GRANT",
        "42P01, STATEMENT, backup",
        "42P07, STATEMENT, of its own",
        "42601, STATEMENT, PostgreSQL itself",
        "0A000, STATEMENT, PostgreSQL itself",
        "53000, ALL, log",
        "53100, WRITING, free some room",
        "53200, ALL, log",
        "53300, ALL, max_connections",
        "55000, ALL, ALLOW_CONNECTIONS",
        "55P03, WRITING, that transaction",
        "57014, STATEMENT, statement_timeout",
        "57P01, ALL, server runs",
        "57P02, ALL, server runs",
        "57P03, ALL, wait",
        "57P05, ALL, server runs",
        "58030, ALL, log",
        "XX000, ALL, log",
        "99999, STATEMENT, log",
    })
    void state_hasItsEffectAndRemedy(String state, Effect effect, String remedy) {
        Diagnosis diagnosis = diagnose(new SQLException("the words", state));

        assertThat(diagnosis.effect()).isEqualTo(effect);
        assertThat(diagnosis.remedy()).contains(remedy);
        assertThat(diagnosis.problem() + diagnosis.remedy()).doesNotContain("{").doesNotContain("s3cr3t");
    }

    static Stream<Arguments> networkFailures() {
        return Stream.of(
                Arguments.of(new UnknownHostException("db.example"), "correct the host"),
                Arguments.of(new SocketTimeoutException("Connect timed out"), "firewalls"),
                Arguments.of(new NoRouteToHostException("No route to host"), "network"),
                Arguments.of(new SSLHandshakeException("bad certificate"), "sslrootcert"),
                Arguments.of(new SocketException("Connection reset"), "cuts connections"));
    }

    @ParameterizedTest
    @MethodSource("networkFailures")
    void networkFailure_isToldByItsType_andQuoted(Exception network, String remedy) {
        SQLException failure = new SQLException("The connection attempt failed.", "08001", network);

        Diagnosis diagnosis = diagnose(new SQLTransientConnectionException("the pool's words", "08001", failure));

        assertThat(diagnosis.effect()).isEqualTo(Effect.ALL);
        assertThat(diagnosis.remedy()).contains(remedy);
        assertThat(Diagnosis.said(failure, null)).contains(network.getMessage());
    }

    @Test
    void poolWithoutAFreeConnection_isAnOutage() {
        assertThat(diagnose(new SQLTransientConnectionException("request timed out"))
                        .effect())
                .isEqualTo(Effect.ALL);
    }

    @Test
    void message_isOneShortLine_withoutThePassword() {
        String said = Diagnosis.said(
                new SQLException("FATAL: no \u001b[31ms3cr3t" + "x".repeat(500) + "\n  Detail: row (s3cr3t)", "08P01"),
                "s3cr3t");

        assertThat(said).startsWith("FATAL: no ?[31m…xxx").hasSizeLessThan(310).doesNotContain("s3cr3t");
        assertThat(said).hasLineCount(1);
    }
}
