package dev.latchkey.accesskey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.Trees;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeySettingsTest {
    private static final ScopeSet FX = new ScopeSet(List.of("fx"));

    @ParameterizedTest
    @ValueSource(strings = {"x", "<script>alert(1)</script>", "'; DROP TABLE access_keys; --", "名前 😀", "a\"b\\c"})
    void name_mayBeAnyText(String name) {
        assertThat(AccessKeySettings.named(name, FX).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\u0000b", "a\nb", "\u001b[31m", "\ud83d"})
    void name_blankOrWithControlCharacters_isRefused(String name) {
        assertRefused(() -> AccessKeySettings.named(name, FX), "name");
    }

    @Test
    void name_isCountedInCharacters_notInChars() {
        assertThat(AccessKeySettings.named("😀".repeat(200), FX).name()).hasSize(400);
        assertRefused(() -> AccessKeySettings.named("😀".repeat(201), FX), "name");
    }

    @Test
    void scopes_oneTo100() {
        assertRefused(() -> AccessKeySettings.named("x", ScopeSet.NONE), "scopes");
        assertThat(AccessKeySettings.named("x", scopes(100)).scopes().tokens()).hasSize(100);
        assertRefused(() -> AccessKeySettings.named("x", scopes(101)), "scopes");
    }

    @ParameterizedTest
    @CsvSource({"59,false", "60,true", "86400,true", "86401,false"})
    void tokenLifetime_oneMinuteToOneDay(long seconds, boolean valid) {
        assertThat(AccessKeySettings.isTokenLifetime(Duration.ofSeconds(seconds)))
                .isEqualTo(valid);
    }

    @Test
    void audience_atMost20_noneTwice_printable() {
        assertRefused(
                () -> withAudience(IntStream.range(0, 21).mapToObj(i -> "a" + i).toList()), "audience");
        assertRefused(() -> withAudience(List.of("a", "a")), "audience");
        assertRefused(() -> withAudience(List.of("a b")), "audience[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "client_id", "scope", "cnf"})
    void claims_registeredNames_areRefused(String name) {
        assertRefused(() -> CustomClaims.of(Trees.object(Map.of(name, "x"))), "claims");
    }

    @Test
    void claims_upTo4KiB() {
        int overhead = "{\"a\":\"\"}".length();

        assertThat(CustomClaims.of(Trees.object(Map.of("a", "x".repeat(4096 - overhead))))
                        .json())
                .hasSize(4096);
        assertRefused(() -> CustomClaims.of(Trees.object(Map.of("a", "x".repeat(4097 - overhead)))), "claims");
    }

    @Test
    void checkedAgainstFormer_checksWhatChanges_andNothingElse() {
        AccessKeySettings old = new AccessKeySettings(
                "a\nb",
                "\u0007",
                ScopeSet.NONE,
                true,
                Duration.ofSeconds(1),
                List.of("a b"),
                null,
                CustomClaims.NONE,
                null);

        assertThat(old.withEnabled(false).checked(old).enabled()).isFalse();
        assertThat(old.checked(old)).isEqualTo(old);
        assertRefused(
                () -> AccessKeySettingsJson.merge(old, Trees.object(Map.of("token_lifetime", 59L))), "token_lifetime");
        assertThat(AccessKeySettingsJson.merge(old, Trees.object(Map.of("name", "new")))
                        .name())
                .isEqualTo("new");
        assertThatThrownBy(old::checked)
                .hasMessageContaining("name")
                .hasMessageContaining("description")
                .hasMessageContaining("scopes")
                .hasMessageContaining("token_lifetime")
                .hasMessageContaining("audience[0]");
    }

    private static AccessKeySettings withAudience(List<String> audience) {
        return new AccessKeySettings("x", "", FX, true, null, audience, null, CustomClaims.NONE, null).checked();
    }

    private static ScopeSet scopes(int count) {
        return ScopeSet.of(IntStream.range(0, count).mapToObj(i -> "s" + i).toList());
    }

    private static void assertRefused(Runnable construction, String field) {
        assertThatThrownBy(construction::run)
                .asInstanceOf(InstanceOfAssertFactories.type(ServiceException.class))
                .extracting(ServiceException::errors)
                .asInstanceOf(InstanceOfAssertFactories.list(FieldError.class))
                .extracting(FieldError::field)
                .containsExactly(field);
    }
}
