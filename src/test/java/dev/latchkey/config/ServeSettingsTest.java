package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.network.TrustedProxies;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.token.TokenTyp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServeSettingsTest {
    private static ServeSettings with(ServeFlag flag, String value) {
        return ServeSettings.read(Map.of(flag, value), Map.of());
    }

    private static void assertRefused(Map<ServeFlag, String> flags, Map<String, String> env, String message) {
        assertThatThrownBy(() -> ServeSettings.read(flags, env))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID))
                .hasMessageContaining(message);
    }

    @Test
    void read_nothingGiven_hasTheDefaultsOfTheContract() {
        assertThat(ServeSettings.read(Map.of(), Map.of()))
                .isEqualTo(new ServeSettings(
                        "localhost",
                        8080,
                        "latchkey.db",
                        null,
                        null,
                        Duration.ofHours(1),
                        TokenTyp.AT_JWT,
                        null,
                        null,
                        2048,
                        null,
                        Duration.ofDays(400),
                        null,
                        null,
                        null,
                        null,
                        null,
                        LogFormat.TEXT,
                        TrustedProxies.NONE,
                        true,
                        null,
                        null,
                        null));
    }

    @Test
    void read_everyVariable_isUsed() {
        Map<String, String> env = Map.ofEntries(
                Map.entry("LATCHKEY_HOST", "0.0.0.0"),
                Map.entry("LATCHKEY_PORT", "9000"),
                Map.entry("LATCHKEY_DB", "jdbc:postgresql://h/d"),
                Map.entry("LATCHKEY_ISSUER", "https://a.example/p"),
                Map.entry("LATCHKEY_AUDIENCE", "urn:x"),
                Map.entry("LATCHKEY_TOKEN_LIFETIME", "PT5M"),
                Map.entry("LATCHKEY_TOKEN_TYP", "JWT"),
                Map.entry("LATCHKEY_SIGNING_ALGORITHM", "RS256"),
                Map.entry("LATCHKEY_KEY_SIZE", "4096"),
                Map.entry("LATCHKEY_OWNER_PASSWORD", "correct horse"),
                Map.entry("LATCHKEY_AUDIT_RETENTION", "1d"),
                Map.entry("LATCHKEY_SEED", "/seed.json"),
                Map.entry("LATCHKEY_ROTATE_EVERY", "90d"),
                Map.entry("LATCHKEY_MASTER_KEY_FILE", "/master"),
                Map.entry("LATCHKEY_TLS_CERT", "/c.pem"),
                Map.entry("LATCHKEY_TLS_KEY", "/c.key"),
                Map.entry("LATCHKEY_LOG_FORMAT", "json"),
                Map.entry("LATCHKEY_TRUSTED_PROXIES", ""),
                Map.entry("LATCHKEY_METRICS_PORT", "9090"),
                Map.entry("LATCHKEY_NO_DASHBOARD", "true"));
        assertThat(ServeSettings.read(Map.of(), env))
                .isEqualTo(new ServeSettings(
                        "0.0.0.0",
                        9000,
                        "jdbc:postgresql://h/d",
                        "https://a.example/p",
                        "urn:x",
                        Duration.ofMinutes(5),
                        TokenTyp.JWT,
                        null,
                        SigningAlgorithm.RS256,
                        4096,
                        "correct horse",
                        Duration.ofDays(1),
                        new SeedDocument(Path.of("/seed.json"), null, env),
                        Duration.ofDays(90),
                        Path.of("/master"),
                        Path.of("/c.pem"),
                        Path.of("/c.key"),
                        LogFormat.JSON,
                        TrustedProxies.NONE,
                        false,
                        new ServeSettings.Metrics(9090),
                        null,
                        null));
    }

    @Test
    void read_trustedProxies_thatAreNone_areNamed() {
        for (String bad : List.of("10.0.0.0/33", "proxy.example", "")) {
            String list = "10.0.0.0/8, " + bad;

            assertThatThrownBy(() -> ServeSettings.read(Map.of(ServeFlag.TRUSTED_PROXIES, list), Map.of()))
                    .hasMessageContaining("--trusted-proxies holds \"" + bad + "\", which is no address");
            assertThatThrownBy(() -> ServeSettings.read(Map.of(), Map.of("LATCHKEY_TRUSTED_PROXIES", list)))
                    .hasMessageContaining("LATCHKEY_TRUSTED_PROXIES holds \"" + bad + '"');
        }
    }

    @Test
    void read_logFormat_isTextOrJson() {
        assertThat(ServeSettings.read(Map.of(ServeFlag.LOG_FORMAT, "JSON"), Map.of())
                        .logFormat())
                .isEqualTo(LogFormat.JSON);
        assertThatThrownBy(() -> ServeSettings.read(Map.of(ServeFlag.LOG_FORMAT, "xml"), Map.of()))
                .hasMessageContaining("--log-format must be text or json");
    }

    @Test
    void read_tokenTyp_isOneOfTwo_inAnyCase() {
        assertThat(ServeSettings.read(Map.of(ServeFlag.TOKEN_TYP, "jwt"), Map.of())
                        .tokenTyp())
                .isEqualTo(TokenTyp.JWT);
        assertRefused(Map.of(ServeFlag.TOKEN_TYP, "at+JOT"), Map.of(), "--token-typ must be at+jwt or JWT");
        assertRefused(Map.of(), Map.of("LATCHKEY_TOKEN_TYP", "x"), "LATCHKEY_TOKEN_TYP must be at+jwt or JWT");
    }

    @Test
    void read_aSwitchThatIsNeitherOnNorOff_isNamed() {
        assertRefused(Map.of(), Map.of("LATCHKEY_NO_DASHBOARD", "on"), "LATCHKEY_NO_DASHBOARD must be true or false");
        assertThat(ServeSettings.read(Map.of(), Map.of("LATCHKEY_NO_DASHBOARD", "false"))
                        .dashboard())
                .isTrue();
    }

    @Test
    void read_signingKeyFile_isUsed_andLeavesNothingToRotate() {
        Map<ServeFlag, String> flags = Map.of(ServeFlag.SIGNING_KEY_FILE, "/k.pem", ServeFlag.ROTATE_EVERY, "90d");

        assertThat(ServeSettings.read(Map.of(ServeFlag.SIGNING_KEY_FILE, "/k.pem"), Map.of())
                        .signingKeyFile())
                .isEqualTo(Path.of("/k.pem"));
        assertRefused(flags, Map.of(), "--rotate-every cannot stand beside --signing-key-file");
    }

    @Test
    void signingAlgorithm_isOneOfThree_andSaysWhetherThereIsASize() {
        Map<String, String> size = Map.of("LATCHKEY_KEY_SIZE", "3072");
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            Map<ServeFlag, String> flags = Map.of(ServeFlag.SIGNING_ALGORITHM, algorithm.publicName());
            assertThat(ServeSettings.read(flags, Map.of()).signingAlgorithm()).isEqualTo(algorithm);
        }
        assertThat(ServeSettings.read(Map.of(ServeFlag.SIGNING_ALGORITHM, "RS256"), size)
                        .keySize())
                .isEqualTo(3072);
        assertThat(ServeSettings.read(Map.of(), Map.of("LATCHKEY_SIGNING_ALGORITHM", ""))
                        .signingAlgorithm())
                .isNull();
        assertRefused(
                Map.of(ServeFlag.SIGNING_ALGORITHM, "ES256", ServeFlag.KEY_SIZE, "2048"),
                Map.of(),
                "--key-size is for RS256: keys for ES256 have one size, so leave it out");
        assertRefused(Map.of(ServeFlag.SIGNING_ALGORITHM, "EdDSA"), size, "LATCHKEY_KEY_SIZE is for RS256");
        assertRefused(
                Map.of(ServeFlag.SIGNING_ALGORITHM, "es256"),
                Map.of(),
                "--signing-algorithm must be RS256, ES256 or EdDSA");
        assertRefused(
                Map.of(), Map.of("LATCHKEY_SIGNING_ALGORITHM", "HS256"), "LATCHKEY_SIGNING_ALGORITHM must be RS256");
        assertRefused(
                Map.of(ServeFlag.SIGNING_ALGORITHM, "RS256", ServeFlag.SIGNING_KEY_FILE, "/k.pem"),
                Map.of(),
                "--signing-algorithm cannot stand beside --signing-key-file");
    }

    @Test
    void rotateEvery_isFiveMinutesOrMore() {
        assertThat(ServeSettings.read(Map.of(ServeFlag.ROTATE_EVERY, "300s"), Map.of())
                        .rotateEvery())
                .isEqualTo(Duration.ofMinutes(5));
        assertRefused(Map.of(ServeFlag.ROTATE_EVERY, "299s"), Map.of(), "--rotate-every must be 5m or more");
    }

    @Test
    void tls_needsBothFiles() {
        assertRefused(Map.of(ServeFlag.TLS_CERT, "/c.pem"), Map.of(), "--tls-key must be given with --tls-cert");
        assertRefused(Map.of(), Map.of("LATCHKEY_TLS_KEY", "/c.key"), "--tls-cert must be given with --tls-key");
    }

    @Test
    void read_flagAndVariable_flagWins() {
        Map<String, String> env = Map.of("LATCHKEY_PORT", "not even a number");
        assertThat(ServeSettings.read(Map.of(ServeFlag.PORT, "9001"), env).port())
                .isEqualTo(9001);
    }

    @Test
    void read_emptyVariable_countsAsNotSet() {
        Map<String, String> env =
                Map.of("LATCHKEY_PORT", "", "LATCHKEY_ISSUER", "", "LATCHKEY_OWNER_PASSWORD", "", "LATCHKEY_DB", "");
        assertThat(ServeSettings.read(Map.of(), env)).isEqualTo(ServeSettings.read(Map.of(), Map.of()));
    }

    @Test
    void read_badFlag_isNamedAsFlag() {
        assertRefused(Map.of(ServeFlag.PORT, "http"), Map.of(), "--port must be a number");
    }

    @ParameterizedTest
    @CsvSource({
        "LATCHKEY_PORT,65536",
        "LATCHKEY_PORT,-1",
        "LATCHKEY_PORT,x",
        "LATCHKEY_TOKEN_LIFETIME,60",
        "LATCHKEY_TOKEN_LIFETIME,59s",
        "LATCHKEY_ISSUER,https://a.example/",
        "LATCHKEY_AUDIENCE,a b",
        "LATCHKEY_KEY_SIZE,1024",
        "LATCHKEY_HOST,' '",
        "LATCHKEY_DB,' '",
        "LATCHKEY_SIGNING_KEY_FILE,' '"
    })
    void read_badVariable_isNamedAsVariable(String variable, String value) {
        assertRefused(Map.of(), Map.of(variable, value), variable + " must");
    }

    @Test
    void read_severalFaults_namesEach() {
        assertRefused(
                Map.of(ServeFlag.PORT, "99999", ServeFlag.KEY_SIZE, "1"),
                Map.of(),
                "--port must be 0 to 65535; --key-size must");
    }

    @ParameterizedTest
    @ValueSource(strings = {"60s", "24h", "PT1M", "P1D", "3600s"})
    void tokenLifetime_withinBounds_isTaken(String text) {
        assertThat(with(ServeFlag.TOKEN_LIFETIME, text).tokenLifetime()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"59s", "86401s", "PT60.5S", "0s"})
    void tokenLifetime_outOfBounds_isRefused(String text) {
        assertRefused(Map.of(ServeFlag.TOKEN_LIFETIME, text), Map.of(), "--token-lifetime must be 60s to 24h");
    }

    @Test
    void toString_holdsNeitherPasswordNorStore() {
        ServeSettings settings = ServeSettings.read(
                Map.of(ServeFlag.DB, "jdbc:postgresql://u:dbsecret@h/d"),
                Map.of("LATCHKEY_OWNER_PASSWORD", "ownersecret1"));
        assertThat(settings.toString()).doesNotContain("secret");
    }
}
