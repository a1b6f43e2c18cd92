package dev.latchkey.accesskey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.FederatedSubjects;
import dev.latchkey.issuer.FederatedSubjectsJson;
import dev.latchkey.issuer.PublicKeySet;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a key from JSON: a whole document, or a merge patch (RFC 7396) on settings that are there.
 * Reports every field at fault, unknown ones too. Not thread-safe; lives for one document.
 */
public final class AccessKeySettingsJson {
    /** The fields that a caller may set. */
    public static final Set<String> FIELDS = Set.of(
            "name description scopes enabled token_lifetime audience jwks claims federated expires_at".split(" ", -1));

    private final ObjectNode document;
    private final List<FieldError> errors = new ArrayList<>();

    /** What the claims of the document are merged with. */
    private final CustomClaims claimsBefore;

    private AccessKeySettingsJson(ObjectNode document, CustomClaims claimsBefore) {
        this.document = document;
        this.claimsBefore = claimsBefore;
    }

    /** The settings of a new key: {@code name} and {@code scopes} are required, the rest has defaults. */
    public static AccessKeySettings create(ObjectNode document) {
        AccessKeySettings blank = AccessKeySettings.blank();
        AccessKeySettingsJson reader = new AccessKeySettingsJson(document, CustomClaims.NONE);
        reader.require("name");
        reader.require("scopes");
        return reader.merge(blank).checked();
    }

    /** The settings that a merge patch makes of others: a field that is left out stays, null resets it. */
    public static AccessKeySettings merge(AccessKeySettings current, ObjectNode patch) {
        return new AccessKeySettingsJson(patch, current.claims()).merge(current).checked(current);
    }

    /** As {@link #merge}, but an object that the document holds replaces the one that is there. */
    public static AccessKeySettings replace(AccessKeySettings current, ObjectNode document) {
        return new AccessKeySettingsJson(document, CustomClaims.NONE)
                .merge(current)
                .checked(current);
    }

    private AccessKeySettings merge(AccessKeySettings current) {
        document.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                errors.add(FieldError.unknown(field, "is not a field that can be set"));
            }
        });
        String name = read("name", current.name(), "", this::text);
        String description = read("description", current.description(), "", this::text);
        ScopeSet scopes = read("scopes", current.scopes(), ScopeSet.NONE, this::scopes);
        Boolean enabled = read("enabled", current.enabled(), true, this::flag);
        Duration lifetime = readNullable("token_lifetime", current.tokenLifetime(), this::seconds);
        List<String> audience = read("audience", current.audience(), List.of(), this::texts);
        String jwks = readNullable("jwks", current.jwks(), this::jwks);
        CustomClaims claims = read("claims", current.claims(), CustomClaims.NONE, this::claims);
        FederatedSubjects federated = read("federated", current.federated(), FederatedSubjects.NONE, this::federated);
        Instant expiresAt = readNullable("expires_at", current.expiresAt(), this::time);
        ServiceException.throwIfAny(errors);
        return new AccessKeySettings(
                name, description, scopes, enabled, lifetime, audience, jwks, claims, federated, expiresAt);
    }

    private void require(String field) {
        if (!document.hasNonNull(field)) {
            errors.add(new FieldError(field, "is required"));
        }
    }

    private <T> T read(String field, T current, T reset, Reader<T> reader) {
        T value = readNullable(field, current, reader);
        return value == null ? reset : value;
    }

    private <T> @Nullable T readNullable(String field, @Nullable T current, Reader<T> reader) {
        JsonNode value = document.get(field);
        if (value == null) {
            return current;
        }
        try {
            return value.isNull() ? null : reader.read(field, value);
        } catch (ServiceException e) {
            errors.addAll(e.errors());
            return current;
        }
    }

    private String text(String field, JsonNode value) {
        check(value.isTextual(), field, "a string");
        return value.textValue();
    }

    private Boolean flag(String field, JsonNode value) {
        check(value.isBoolean(), field, "true or false");
        return value.booleanValue();
    }

    private Duration seconds(String field, JsonNode value) {
        boolean whole = value.isIntegralNumber() && value.canConvertToLong();
        check(whole, field, "60 to 86400 whole seconds, or null");
        return Duration.ofSeconds(value.longValue());
    }

    private ScopeSet scopes(String field, JsonNode value) {
        List<String> names = texts(field, value);
        check(names.stream().allMatch(ScopeSet::isScopeToken), field, "an array of scope tokens (RFC 6749 §3.3)");
        return ScopeSet.of(names);
    }

    private List<String> texts(String field, JsonNode value) {
        List<String> texts = new ArrayList<>();
        check(value.isArray(), field, "an array of strings");
        for (JsonNode item : value) {
            check(item.isTextual(), field, "an array of strings");
            texts.add(item.textValue());
        }
        return texts;
    }

    private CustomClaims claims(String field, JsonNode value) {
        return claimsBefore.merged(object(field, value, "an object"));
    }

    private String jwks(String field, JsonNode value) {
        return PublicKeySet.read(object(field, value, "a JWK Set object, or null"));
    }

    private FederatedSubjects federated(String field, JsonNode value) {
        check(value.isArray(), field, "an array of objects with issuer, subject and claims");
        return FederatedSubjectsJson.read((ArrayNode) value);
    }

    private Instant time(String field, JsonNode value) {
        Optional<Instant> time = value.isTextual() ? ExpiryTime.parse(value.textValue()) : Optional.empty();
        check(time.isPresent(), field, "an RFC 3339 time such as 2030-01-31T12:00:00Z, or null");
        check(ExpiryTime.isPossible(time.get()), field, "between 1970 and the end of 9999 in UTC, or null for never");
        return time.get();
    }

    private static ObjectNode object(String field, JsonNode value, String wanted) {
        check(value.isObject(), field, wanted);
        return (ObjectNode) value;
    }

    private static void check(boolean right, String field, String wanted) {
        if (!right) {
            throw ServiceException.invalid(field, "must be " + wanted);
        }
    }

    private interface Reader<T> {
        T read(String field, JsonNode value);
    }
}
