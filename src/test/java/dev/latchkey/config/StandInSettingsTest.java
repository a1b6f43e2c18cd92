package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandInSettingsTest {
    private static final Map<String, String> DEV = Map.of("LATCHKEY_DEV", "true");

    private static StandInSettings standIn(Map<ServeFlag, String> flags, Map<String, String> env) {
        return Objects.requireNonNull(ServeSettings.read(flags, env).standIn());
    }

    private static void assertRefused(Map<ServeFlag, String> flags, Map<String, String> env, String message) {
        assertThatThrownBy(() -> ServeSettings.read(flags, env))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID))
                .hasMessageContaining(message);
    }

    @Test
    void dev_alone_hasTheReadyKeyAndPassword_andKeepsNothing() {
        ServeSettings settings = ServeSettings.read(Map.of(ServeFlag.DEV, "true"), Map.of());

        assertThat(settings.standIn()).isEqualTo(new StandInSettings(List.of(), List.of(), "dev", "dev-secret"));
        assertThat(settings.db()).isEqualTo(":memory:");
        assertThat(settings.ownerPassword()).isEqualTo("dev-password");
    }

    @Test
    void dev_everythingByEnvironment_isUsed() {
        Map<String, String> env = Map.of(
                "LATCHKEY_DEV", "1",
                "LATCHKEY_PROFILE", "keycloak, auth0,keycloak",
                "LATCHKEY_DEV_HOSTS", "Latchkey.Test., auth.example",
                "LATCHKEY_DEV_KEY_ID", "local",
                "LATCHKEY_DEV_KEY_SECRET", "s",
                "LATCHKEY_DB", "dev.db",
                "LATCHKEY_OWNER_PASSWORD", "correct horse");
        ServeSettings settings = ServeSettings.read(Map.of(), env);

        assertThat(settings.standIn())
                .isEqualTo(new StandInSettings(
                        List.of("keycloak", "auth0"), List.of("latchkey.test", "auth.example"), "local", "s"));
        assertThat(settings.db()).isEqualTo("dev.db");
        assertThat(settings.ownerPassword()).isEqualTo("correct horse");
    }

    @Test
    void dev_listensAnywhereWithoutAnIssuer() {
        ServeSettings settings = ServeSettings.read(Map.of(ServeFlag.HOST, "0.0.0.0"), DEV);

        assertThat(settings.issuer()).isNull();
        assertRefused(Map.of(ServeFlag.HOST, "0.0.0.0"), Map.of(), "--issuer must be given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1s", "59s", "60s", "24h"})
    void dev_tokenLifetime_isFromOneSecondOn(String text) {
        assertThat(ServeSettings.read(Map.of(ServeFlag.TOKEN_LIFETIME, text), DEV)
                        .tokenLifetime())
                .isBetween(Duration.ofSeconds(1), Duration.ofHours(24));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "PT0.5S", "PT1.5S", "86401s"})
    void dev_tokenLifetime_outOfBounds_isRefused(String text) {
        assertRefused(Map.of(ServeFlag.TOKEN_LIFETIME, text), DEV, "--token-lifetime must be 1s to 24h");
    }

    @Test
    void profileAndHosts_withoutDev_areRefused() {
        assertRefused(Map.of(ServeFlag.PROFILE, "keycloak"), Map.of(), "--profile is for serve --dev alone");
        assertRefused(Map.of(), Map.of("LATCHKEY_PROFILE", "keycloak"), "LATCHKEY_PROFILE is for serve --dev alone");
        assertRefused(Map.of(ServeFlag.DEV_HOSTS, "a"), Map.of("LATCHKEY_DEV", "false"), "--dev-hosts is for");
        assertThat(ServeSettings.read(Map.of(), Map.of("LATCHKEY_PROFILE", "", "LATCHKEY_DEV_HOSTS", ""))
                        .standIn())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"okta", "'keycloak,'", "''", "'duende;hydra'"})
    void profile_thatIsNone_isRefused(String profiles) {
        assertRefused(
                Map.of(ServeFlag.PROFILE, profiles),
                DEV,
                "--profile must be of checkout, duende, keycloak, auth0, entra, hydra (several with commas), not");
    }

    @Test
    void profiles_thatChangeTheSameEndpoint_areRefused() {
        assertRefused(Map.of(ServeFlag.PROFILE, "duende,checkout"), DEV, "--profile can hold checkout or duende");
        assertThat(standIn(Map.of(ServeFlag.PROFILE, "Duende,hydra"), DEV).profiles())
                .containsExactly("duende", "hydra");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:8080", "http://a", "a b", "a,,b", "*.example", "-a"})
    void hosts_thatAreNone_areRefused(String hosts) {
        assertRefused(Map.of(ServeFlag.DEV_HOSTS, hosts), DEV, "--dev-hosts must be host names");
    }

    @Test
    void readyKey_thatCannotBe_isNamedByItsVariable() {
        assertRefused(
                Map.of(ServeFlag.DEV, "true"), Map.of("LATCHKEY_DEV_KEY_ID", "a b"), "LATCHKEY_DEV_KEY_ID must be 3");
        assertRefused(Map.of(), Map.of("LATCHKEY_DEV", "yes"), "LATCHKEY_DEV must be true or false");
    }

    @Test
    void toString_holdsNoSecret() {
        Map<String, String> env = Map.of("LATCHKEY_DEV_KEY_SECRET", "hush-hush");

        assertThat(standIn(Map.of(ServeFlag.DEV, "true"), env).toString()).doesNotContain("hush");
    }
}
