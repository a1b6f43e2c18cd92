package dev.latchkey.accesskey.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.accesskey.advice.Advice.Kind;
import dev.latchkey.accesskey.advice.ScopeHistory.LastUse;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What advice there is on a key, and when. */
class KeyAdviceTest {
    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final ScopeHistory UNSEEN = new ScopeHistory(MADE, null, Map.of());
    private static final StoredSecret ONLY = secret("0nly", MADE, null, NOW);

    @Test
    void aKeyThatUsesAllThatItHas_hasNone() {
        assertThat(kinds(key(NOW, null, ONLY), seen(NOW, "fx", "vault", "gateway")))
                .isEmpty();
    }

    @Test
    void neverUsed_isSaidAtOnce_andLongUnused_afterNinetyDays() {
        assertThat(kinds(key(null, null, ONLY), UNSEEN)).containsExactly(Kind.NEVER_USED);
        Instant then = NOW.minus(Advice.LONG_UNUSED);
        assertThat(kinds(key(then, null, ONLY), UNSEEN)).containsExactly(Kind.LONG_UNUSED);
        assertThat(kinds(key(then.plusSeconds(1), null, ONLY), UNSEEN)).isEmpty();
    }

    @Test
    void expiresSoon_isFourteenDaysBefore_andNoLongerOnceItHas() {
        assertThat(kinds(key(NOW, NOW.plus(Advice.EXPIRES_SOON), ONLY), UNSEEN)).containsExactly(Kind.EXPIRES_SOON);
        assertThat(kinds(key(NOW, NOW.plus(Advice.EXPIRES_SOON).plusSeconds(1), ONLY), UNSEEN))
                .isEmpty();
        assertThat(kinds(key(NOW, NOW.plusSeconds(1), ONLY), UNSEEN)).containsExactly(Kind.EXPIRES_SOON);
        assertThat(kinds(key(NOW, NOW, ONLY), UNSEEN)).isEmpty();
    }

    @Test
    void aKeyThatGetsNoTokens_isOnlyJudgedByItsUse() {
        Instant soon = NOW.plusSeconds(60);
        AccessKey live = key(null, soon, secret("old", MADE, soon, NOW), ONLY);
        assertThat(kinds(live, seen(NOW, "fx")))
                .containsExactly(Kind.EXPIRES_SOON, Kind.NEVER_USED, Kind.OLD_SECRET_USED, Kind.SCOPES_UNUSED);

        AccessKey disabled = live.changed(live.settings().withEnabled(false), live.secrets(), NOW);
        assertThat(kinds(disabled, seen(NOW, "fx"))).containsExactly(Kind.NEVER_USED);
    }

    @Test
    void scopes_thatWereNeitherAskedForNorDemanded_areNamedInTheKeysOrder() {
        Advice advice = only(key(NOW, null, ONLY), seen(NOW, "vault"));

        assertThat(advice.kind()).isEqualTo(Kind.SCOPES_UNUSED);
        assertThat(advice.scopes()).containsExactly("fx", "gateway");
        assertThat(advice.message())
                .isEqualTo(
                        "2 of 3 scopes were neither asked for nor demanded since 2026-01-01T00:00:00Z: fx, gateway.");
    }

    @Test
    void scopes_seenBeforeTheyChanged_doNotCount_andThoseOfThatSecondDo() {
        ScopeHistory history = new ScopeHistory(
                NOW,
                null,
                Map.of(
                        "fx", new LastUse(NOW, null),
                        "vault", new LastUse(NOW.minusSeconds(1), NOW.minusSeconds(9)),
                        "gateway", new LastUse(null, NOW)));

        assertThat(only(key(NOW, null, ONLY), history).scopes()).containsExactly("vault");
    }

    @Test
    void scopes_whereNoneWasEverNamedOrDemanded_areNotJudged() {
        assertThat(kinds(key(NOW, null, ONLY), new ScopeHistory(MADE, NOW, Map.of())))
                .isEmpty();
    }

    @Test
    void scopes_whereARequestNamedNone_comeWithThatDoubt() {
        ScopeHistory history = new ScopeHistory(MADE, NOW, seen(NOW, "fx").uses());

        assertThat(only(key(NOW, null, ONLY), history).message())
                .endsWith("A request at 2026-07-01T12:00:00Z named no scope and got them too: a service that checks"
                        + " tokens itself may need them.");
    }

    @Test
    void oldSecret_thatWasUsedSinceTheRotation_isStillUsed_forALifetime() {
        Instant rotated = NOW.minus(Duration.ofHours(3));
        Instant end = NOW.plus(Duration.ofHours(21));
        StoredSecret young = secret("youn", rotated, null, NOW);

        assertThat(only(key(NOW, null, secret("gone", MADE, end, NOW.minusSeconds(3599)), young))
                        .message())
                .isEqualTo("The old secret (…gone) is still used, last at 2026-07-01T11:00:01Z, and works until"
                        + " 2026-07-02T09:00:00Z: give its client the new one (…youn) before.");
        assertThat(only(key(NOW, null, secret("gone", MADE, end, NOW.minusSeconds(3600)), young))
                        .kind())
                .isEqualTo(Kind.OLD_SECRET_UNUSED);
        assertThat(only(key(NOW, null, secret("gone", MADE, end, rotated), young))
                        .kind())
                .isEqualTo(Kind.OLD_SECRET_UNUSED);
    }

    @Test
    void oldSecret_usedInTheSecondOfTheRotation_isStillUsed() {
        StoredSecret young = secret("youn", NOW, null, NOW);

        assertThat(only(key(NOW, null, secret("gone", MADE, NOW.plusSeconds(60), NOW), young))
                        .kind())
                .isEqualTo(Kind.OLD_SECRET_USED);
        assertThat(only(key(NOW, null, secret("gone", MADE, NOW.plusSeconds(60), NOW.minusSeconds(1)), young))
                        .kind())
                .isEqualTo(Kind.OLD_SECRET_UNUSED);
    }

    @Test
    void newSecret_thatWasNeverUsed_isSaid_whateverTheOldOneDid() {
        StoredSecret young = secret(null, NOW.minusSeconds(60), null, null);
        StoredSecret old = secret("gone", MADE, NOW.plusSeconds(60), null);

        assertThat(only(key(NOW, null, old, young)).message())
                .isEqualTo("The new secret has never been used; the old one (…gone) was never used and works until"
                        + " 2026-07-01T12:01:00Z: give its client the new one before.");
    }

    @Test
    void oldSecret_thatWorksNoLonger_isNotSpokenOf() {
        StoredSecret young = secret("youn", MADE, null, null);

        assertThat(kinds(key(NOW, null, secret("gone", MADE, NOW, NOW), young), UNSEEN))
                .isEmpty();
    }

    private static AccessKey key(@Nullable Instant used, @Nullable Instant expiresAt, StoredSecret... secrets) {
        AccessKeySettings settings = new AccessKeySettings(
                "orders",
                "",
                ScopeSet.of(List.of("fx", "vault", "gateway")),
                true,
                null,
                List.of(),
                null,
                CustomClaims.NONE,
                expiresAt);
        return new AccessKey("ack_a", settings, List.of(secrets), MADE, "operator test", MADE, used, 1);
    }

    private static StoredSecret secret(
            @Nullable String hint, Instant createdAt, @Nullable Instant expiresAt, @Nullable Instant used) {
        return new StoredSecret(SecretHash.of("secret " + hint), hint, createdAt, expiresAt, used);
    }

    private static ScopeHistory seen(Instant at, String... scopes) {
        return new ScopeHistory(
                MADE,
                null,
                List.of(scopes).stream().collect(Collectors.toMap(scope -> scope, scope -> new LastUse(at, null))));
    }

    private static Advice only(AccessKey key) {
        return only(key, UNSEEN);
    }

    private static Advice only(AccessKey key, ScopeHistory history) {
        List<Advice> advice = KeyAdvice.of(key, history, NOW).advice();
        assertThat(advice).hasSize(1);
        return advice.get(0);
    }

    private static List<Kind> kinds(AccessKey key, ScopeHistory history) {
        return KeyAdvice.of(key, history, NOW).advice().stream()
                .map(Advice::kind)
                .toList();
    }
}
