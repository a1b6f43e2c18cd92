package dev.latchkey.accesskey;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.error.Text;
import dev.latchkey.issuer.FederatedSubjects;
import dev.latchkey.issuer.PublicKeySet;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of an access key that people choose. What comes in is checked by {@link #checked}; what is stored is taken as it
 * is, so that a rule that becomes stricter makes no stored key unreadable. Whether the scopes are in the catalogue is for
 * {@link AccessKeys} to find out.
 *
 * @param name 1 to 200 characters; need not be unique
 * @param description up to 1,000 characters
 * @param scopes what its tokens may say, in this order; 1 to 100
 * @param enabled a disabled key gets no token
 * @param tokenLifetime how long its tokens live, 60 s to 24 h; null = the service's default
 * @param audience what its tokens may be for, up to 20; empty = the service's default
 * @param jwks a JWK Set of public keys for private_key_jwt as JSON text, as {@link PublicKeySet} reads it; null =
 *     none
 * @param claims what it adds to its tokens
 * @param federated whose tokens it may prove itself by
 * @param expiresAt the first moment at which it no longer works, cut to seconds; null = never
 */
public record AccessKeySettings(
        String name,
        String description,
        ScopeSet scopes,
        boolean enabled,
        @Nullable Duration tokenLifetime,
        List<String> audience,
        @Nullable String jwks,
        CustomClaims claims,
        FederatedSubjects federated,
        @Nullable Instant expiresAt) {
    public static final int MAX_NAME = 200;
    public static final int MAX_DESCRIPTION = 1000;
    public static final int MAX_SCOPES = 100;
    public static final int MAX_AUDIENCES = 20;
    public static final int MAX_AUDIENCE_LENGTH = 500;
    public static final Duration MIN_TOKEN_LIFETIME = Duration.ofSeconds(60);
    public static final Duration MAX_TOKEN_LIFETIME = Duration.ofHours(24);

    /** Takes the values as they are. */
    public AccessKeySettings {
        audience = List.copyOf(audience);
        expiresAt = expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Settings of a key that trusts no other issuer's tokens. */
    public AccessKeySettings(
            String name,
            String description,
            ScopeSet scopes,
            boolean enabled,
            @Nullable Duration tokenLifetime,
            List<String> audience,
            @Nullable String jwks,
            CustomClaims claims,
            @Nullable Instant expiresAt) {
        this(
                name,
                description,
                scopes,
                enabled,
                tokenLifetime,
                audience,
                jwks,
                claims,
                FederatedSubjects.NONE,
                expiresAt);
    }

    /** Every default, to be merged with what a caller sets; the name and the scopes stand for none. */
    static AccessKeySettings blank() {
        return new AccessKeySettings("", "", ScopeSet.NONE, true, null, List.of(), null, CustomClaims.NONE, null);
    }

    /** Settings with a name and scopes, and every default, as {@link #checked()}. */
    public static AccessKeySettings named(String name, ScopeSet scopes) {
        return new AccessKeySettings(name, "", scopes, true, null, List.of(), null, CustomClaims.NONE, null).checked();
    }

    /** These settings, for a new key; fails with INVALID that names every field at fault. */
    public AccessKeySettings checked() {
        return checked(null);
    }

    /**
     * These settings, in the place of others. A field that stays as it was is not checked: a key from before a rule became
     * stricter can be changed elsewhere.
     *
     * @param former what is stored; null = nothing
     * @throws ServiceException of kind INVALID that names every field at fault
     */
    AccessKeySettings checked(@Nullable AccessKeySettings former) {
        List<FieldError> errors = new ArrayList<>();
        if (former == null || !name.equals(former.name)) {
            Text.check("name", name, 1, MAX_NAME, false, errors);
        }
        if (former == null || !description.equals(former.description)) {
            Text.check("description", description, 0, MAX_DESCRIPTION, true, errors);
        }
        if (former == null || !scopes.equals(former.scopes)) {
            checkScopes(scopes, errors);
        }
        boolean sameLifetime = former != null && Objects.equals(tokenLifetime, former.tokenLifetime);
        if (tokenLifetime != null && !sameLifetime && !isTokenLifetime(tokenLifetime)) {
            errors.add(new FieldError("token_lifetime", "must be 60 to 86400 whole seconds"));
        }
        if (former == null || !audience.equals(former.audience)) {
            checkAudience(audience, errors);
        }
        ServiceException.throwIfAny(errors);
        return this;
    }

    /** Whether a key can prove itself without a secret. */
    public boolean hasOtherProof() {
        return jwks != null || !federated.isEmpty();
    }

    /** Fails with INVALID unless a key can prove itself without a secret; one that cannot would get no token. */
    public void requireOtherProof() {
        if (!hasOtherProof()) {
            throw ServiceException.invalid("secret", "is required for a key without jwks and federated");
        }
    }

    public AccessKeySettings withEnabled(boolean newEnabled) {
        return new AccessKeySettings(
                name, description, scopes, newEnabled, tokenLifetime, audience, jwks, claims, federated, expiresAt);
    }

    /** Whole seconds, from one minute to one day, both included. */
    public static boolean isTokenLifetime(Duration lifetime) {
        return lifetime.equals(lifetime.truncatedTo(ChronoUnit.SECONDS))
                && lifetime.compareTo(MIN_TOKEN_LIFETIME) >= 0
                && lifetime.compareTo(MAX_TOKEN_LIFETIME) <= 0;
    }

    private static void checkScopes(ScopeSet scopes, List<FieldError> errors) {
        if (scopes.isEmpty()) {
            errors.add(new FieldError("scopes", "must not be empty: choose at least one scope"));
        } else if (scopes.tokens().size() > MAX_SCOPES) {
            errors.add(new FieldError("scopes", "must be at most " + MAX_SCOPES + " scopes"));
        }
    }

    private static void checkAudience(List<String> audience, List<FieldError> errors) {
        if (audience.size() > MAX_AUDIENCES) {
            errors.add(new FieldError("audience", "must be at most " + MAX_AUDIENCES + " values"));
        }
        if (new HashSet<>(audience).size() != audience.size()) {
            errors.add(new FieldError("audience", "holds a value twice"));
        }
        for (int i = 0; i < audience.size(); i++) {
            if (!isAudience(audience.get(i))) {
                errors.add(new FieldError(
                        "audience[" + i + "]",
                        "must be 1 to " + MAX_AUDIENCE_LENGTH + " printable ASCII characters without spaces"));
            }
        }
    }

    /** Whether the text may be an audience: printable ASCII without spaces, as every URI is. */
    public static boolean isAudience(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_AUDIENCE_LENGTH
                && text.chars().allMatch(c -> c > 0x20 && c < 0x7F);
    }
}
