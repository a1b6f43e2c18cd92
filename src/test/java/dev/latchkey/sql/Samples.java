package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import dev.latchkey.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Things to store. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-07-04T12:00:00Z");
    static final Actor ANN = new Actor(Actor.Kind.USER, "ann", Role.OWNER, "192.0.2.7");

    /** The elliptic curve key of RFC 7517 appendix A.1. */
    private static final String JWKS = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\","
            + "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
            + "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}";

    private Samples() {}

    static AuditEvent event(String action, String subject) {
        return new AuditEvent(NOW, ANN, action, subject, null, "{\"name\":\"" + subject + "\"}");
    }

    static Scope scope(String name) {
        return new Scope(name, "What " + name + " is for", NOW, ANN.label());
    }

    static StoredSecret secret(String text) {
        return new StoredSecret(SecretHash.of(text), text.substring(text.length() - 4), NOW, null, null);
    }

    /** A key with every default and one secret. */
    static AccessKey key(String id, String... scopes) {
        return key(id, AccessKeySettings.named("Key " + id, ScopeSet.of(List.of(scopes))), NOW);
    }

    static AccessKey key(String id, AccessKeySettings settings, Instant createdAt) {
        return new AccessKey(
                id, settings, List.of(secret("secret of " + id)), createdAt, ANN.label(), createdAt, null, 1);
    }

    /** A key with no field at its default. */
    static AccessKey fullKey(String id, String name, String description, String... scopes) {
        AccessKeySettings settings = new AccessKeySettings(
                name,
                description,
                ScopeSet.of(List.of(scopes)),
                false,
                Duration.ofMinutes(5),
                List.of("https://api.example/orders", "urn:example:stock"),
                JWKS,
                new CustomClaims("{\"tenant\":\"Zoë 🔑\",\"level\":3}"),
                NOW.plus(Duration.ofDays(90)));
        StoredSecret old = new StoredSecret(
                SecretHash.of("the older secret"), "cret", NOW, NOW.plusSeconds(86_400), NOW.plusSeconds(30));
        StoredSecret young = secret("the younger secret");
        return new AccessKey(
                id, settings, List.of(old, young), NOW, ANN.label(), NOW.plusSeconds(10), NOW.plusSeconds(30), 7);
    }

    /** A key with no private part worth the name, active since it was made. */
    static StoredKey activeKey(String modulus) {
        return stored(modulus, SigningKey.State.ACTIVE, NOW);
    }

    static StoredKey nextKey(String modulus) {
        return stored(modulus, SigningKey.State.NEXT, null);
    }

    static StoredKey nextKey(PublicJwk jwk) {
        return stored(jwk, SigningKey.State.NEXT, null);
    }

    private static StoredKey stored(String modulus, SigningKey.State state, @Nullable Instant activatedAt) {
        return stored(PublicJwk.rsa(modulus, "AQAB"), state, activatedAt);
    }

    private static StoredKey stored(PublicJwk jwk, SigningKey.State state, @Nullable Instant activatedAt) {
        SigningKey key =
                new SigningKey(jwk, state, NOW, NOW.plusSeconds(1), activatedAt, null, null, Duration.ofHours(1));
        return new StoredKey(key, new StoredPrivateKey("private part of " + jwk.kid()));
    }

    static User owner(String name) {
        return new User(name, Role.OWNER, "$argon2id$v=19$…", NOW);
    }
}
