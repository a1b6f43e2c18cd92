package dev.latchkey.accesskey;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a key from JSON: a whole document, or a merge patch (RFC 7396) on settings that are there.
 * Reports every field at fault, unknown ones too. Not thread-safe; lives for one document.
 */
public final class AccessKeySettingsJson {
    /** The fields that a caller may set. */
    public static final Set<String> FIELDS = Set.of(
            "name", "description", "scopes", "enabled", "token_lifetime", "audience", "jwks", "claims", "expires_at");

    private final Map<String, Object> document;
    private final List<FieldError> errors = new ArrayList<>();

    /** What the claims of the document are merged with. */
    private final Map<String, Object> claimsBefore;

    private AccessKeySettingsJson(Map<String, Object> document, Map<String, Object> claimsBefore) {
        this.document = document;
        this.claimsBefore = claimsBefore;
    }

    /** The settings of a new key: {@code name} and {@code scopes} are required, the rest has defaults. */
    public static AccessKeySettings create(Map<String, Object> document) {
        AccessKeySettings blank = AccessKeySettings.blank();
        AccessKeySettingsJson reader = new AccessKeySettingsJson(document, Map.of());
        reader.require("name");
        reader.require("scopes");
        return reader.merge(blank).checked();
    }

    /** The settings that a merge patch makes of others: a field that is left out stays, null resets it. */
    public static AccessKeySettings merge(AccessKeySettings current, Map<String, Object> patch) {
        return new AccessKeySettingsJson(patch, current.claims().toMap())
                .merge(current)
                .checked(current);
    }

    /** As {@link #merge}, but an object that the document holds replaces the one that is there. */
    public static AccessKeySettings replace(AccessKeySettings current, Map<String, Object> document) {
        return new AccessKeySettingsJson(document, Map.of()).merge(current).checked(current);
    }

    private AccessKeySettings merge(AccessKeySettings current) {
        for (String field : document.keySet()) {
            if (!FIELDS.contains(field)) {
                errors.add(FieldError.unknown(field, "is not a field that can be set"));
            }
        }
        String name = read("name", current.name(), "", this::text);
        String description = read("description", current.description(), "", this::text);
        ScopeSet scopes = read("scopes", current.scopes(), ScopeSet.NONE, this::scopes);
        Boolean enabled = read("enabled", current.enabled(), true, this::flag);
        Duration lifetime = readNullable("token_lifetime", current.tokenLifetime(), this::seconds);
        List<String> audience = read("audience", current.audience(), List.of(), this::texts);
        String jwks = readNullable("jwks", current.jwks(), this::jwks);
        CustomClaims claims = read("claims", current.claims(), CustomClaims.NONE, this::claims);
        Instant expiresAt = readNullable("expires_at", current.expiresAt(), this::time);
        if (!errors.isEmpty()) {
            throw LatchkeyException.invalid(errors);
        }
        return new AccessKeySettings(name, description, scopes, enabled, lifetime, audience, jwks, claims, expiresAt);
    }

    private void require(String field) {
        if (document.get(field) == null) {
            errors.add(new FieldError(field, "is required"));
        }
    }

    private <T> T read(String field, T current, T reset, Reader<T> reader) {
        T value = readNullable(field, current, reader);
        return value == null ? reset : value;
    }

    private <T> @Nullable T readNullable(String field, @Nullable T current, Reader<T> reader) {
        if (!document.containsKey(field)) {
            return current;
        }
        Object value = document.get(field);
        try {
            return value == null ? null : reader.read(value);
        } catch (WrongType e) {
            errors.add(new FieldError(field, "must be " + e.wanted));
        } catch (LatchkeyException e) {
            errors.addAll(e.errors());
        }
        return current;
    }

    private String text(Object value) {
        return as(String.class, value, "a string");
    }

    private Boolean flag(Object value) {
        return as(Boolean.class, value, "true or false");
    }

    private Duration seconds(Object value) {
        return Duration.ofSeconds(as(Long.class, value, "60 to 86400 whole seconds, or null"));
    }

    private ScopeSet scopes(Object value) {
        List<String> names = texts(value);
        for (String name : names) {
            if (!ScopeSet.isScopeToken(name)) {
                throw new WrongType("an array of scope tokens (RFC 6749 §3.3)");
            }
        }
        return ScopeSet.of(names);
    }

    private List<String> texts(Object value) {
        List<?> items = as(List.class, value, "an array of strings");
        return items.stream()
                .map(item -> as(String.class, item, "an array of strings"))
                .toList();
    }

    /** RFC 7396 §2: members of the patch replace those of the same name; null removes one. */
    private CustomClaims claims(Object value) {
        Map<?, ?> patch = as(Map.class, value, "an object");
        return CustomClaims.of(MergePatch.apply(claimsBefore, Json.asObject(patch)));
    }

    private String jwks(Object value) {
        Map<?, ?> set = as(Map.class, value, "a JWK Set object, or null");
        return ClientJwks.read(Json.asObject(set));
    }

    private Instant time(Object value) {
        String wanted = "an RFC 3339 time such as 2030-01-31T12:00:00Z, or null";
        Instant time = ExpiryTime.parse(as(String.class, value, wanted)).orElseThrow(() -> new WrongType(wanted));
        if (!ExpiryTime.isPossible(time)) {
            throw new WrongType("between 1970 and the end of 9999 in UTC, or null for never");
        }
        return time;
    }

    private static <T> T as(Class<T> type, Object value, String wanted) {
        if (!type.isInstance(value)) {
            throw new WrongType(wanted);
        }
        return type.cast(value);
    }

    private interface Reader<T> {
        T read(Object value);
    }

    /** The value is of another JSON type than the field's. */
    private static final class WrongType extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String wanted;

        WrongType(String wanted) {
            super(wanted, null, false, false);
            this.wanted = wanted;
        }
    }
}
