package dev.latchkey.accesskey.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.accesskey.ExpiryTime;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.error.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which secrets a row of an import file says that its key has. One secret or one hash must be among those that work, so that
 * a rotation under way goes on; a list is all that the key has. Holds hashes alone. Immutable.
 */
final class DeclaredSecrets {
    static final String FIELD = "secret_sha256";

    /** The key has none; it proves itself in another way. */
    static final DeclaredSecrets NONE = new DeclaredSecrets(List.of(), true);

    private static final int MOST = 2;
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final String HASH_RULE =
            "must be the SHA-256 of a secret, as 64 hex digits or 43 characters of base64url";

    private record Declared(
            SecretHash hash,
            @Nullable String hint,
            @Nullable Instant expiresAt) {
        boolean isLive(Instant now) {
            return expiresAt == null || now.isBefore(expiresAt);
        }

        StoredSecret stored(Instant now) {
            return new StoredSecret(hash, hint, now, expiresAt, null);
        }
    }

    private final List<Declared> secrets;
    private final boolean isAll;

    private DeclaredSecrets(List<Declared> secrets, boolean isAll) {
        this.secrets = List.copyOf(secrets);
        this.isAll = isAll;
    }

    static DeclaredSecrets of(AccessKeySecret secret) {
        return new DeclaredSecrets(List.of(new Declared(secret.hash(), secret.hint(), null)), false);
    }

    /** Reads the value of {@link #FIELD}, and notes what is wrong with it. */
    static DeclaredSecrets read(JsonNode value, List<FieldError> errors) {
        if (!(value instanceof ArrayNode array)) {
            List<Declared> one = hash(value, FIELD, errors)
                    .map(hash -> List.of(new Declared(hash, null, null)))
                    .orElse(List.of());
            return new DeclaredSecrets(one, false);
        }
        if (array.size() > MOST) {
            errors.add(new FieldError(FIELD, "must be at most " + MOST + " secrets"));
            return NONE;
        }
        List<Declared> secrets = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            declared(array.get(i), FIELD + "[" + i + "]", errors).ifPresent(secrets::add);
        }
        if (secrets.size() == MOST
                && secrets.get(0).hash().matches(secrets.get(1).hash())) {
            errors.add(new FieldError(FIELD, "holds a secret twice"));
        }
        return new DeclaredSecrets(secrets, true);
    }

    private static Optional<Declared> declared(JsonNode item, String place, List<FieldError> errors) {
        if (!(item instanceof ObjectNode object)) {
            errors.add(new FieldError(place, "must be an object with sha256 and, where it ends, expires_at"));
            return Optional.empty();
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!name.equals("sha256") && !name.equals("expires_at")) {
                errors.add(FieldError.unknown(place + "." + name, "is not a field that can be set"));
            }
        });
        Optional<SecretHash> hash = hash(object.path("sha256"), place + ".sha256", errors);
        JsonNode end = object.path("expires_at");
        Optional<Instant> expiresAt =
                ExpiryTime.parse(end.asText()).filter(ExpiryTime::isPossible).filter(time -> end.isTextual());
        if (!end.isMissingNode() && !end.isNull() && expiresAt.isEmpty()) {
            errors.add(new FieldError(
                    place + ".expires_at", "must be an RFC 3339 time such as 2030-01-31T12:00:00Z, or null"));
        }
        return hash.map(found -> new Declared(found, null, expiresAt.orElse(null)));
    }

    private static Optional<SecretHash> hash(JsonNode value, String place, List<FieldError> errors) {
        String text = value.isTextual() ? value.textValue() : "";
        if (HEX.matcher(text).matches()) {
            return Optional.of(SecretHash.ofDigest(HexFormat.of().parseHex(text)));
        }
        Optional<SecretHash> hash = BASE64URL.matcher(text).matches()
                ? Optional.of(SecretHash.decode(text))
                        .filter(read -> read.encoded().equals(text))
                : Optional.empty();
        if (hash.isEmpty()) {
            errors.add(new FieldError(place, HASH_RULE));
        }
        return hash;
    }

    boolean isNone() {
        return secrets.isEmpty();
    }

    /** The secrets of a new key. */
    List<StoredSecret> stored(Instant now) {
        return secrets.stream().map(secret -> secret.stored(now)).toList();
    }

    /** What becomes of the secrets of a key: the same list where they are as the row says. */
    List<StoredSecret> applied(List<StoredSecret> there, Instant now) {
        if (isAll ? areThese(there, now) : hasOne(there, now)) {
            return there;
        }
        return secrets.stream()
                .map(secret -> there.stream()
                        .filter(old -> isAll && old.hash().matches(secret.hash()))
                        .findFirst()
                        .map(old -> new StoredSecret(
                                old.hash(), old.hint(), old.createdAt(), secret.expiresAt(), old.lastUsedAt()))
                        .orElseGet(() -> secret.stored(now)))
                .toList();
    }

    private boolean hasOne(List<StoredSecret> there, Instant now) {
        return there.stream()
                .anyMatch(old ->
                        old.isLive(now) && old.hash().matches(secrets.get(0).hash()));
    }

    /** What has ended makes no difference. */
    private boolean areThese(List<StoredSecret> there, Instant now) {
        List<StoredSecret> old =
                there.stream().filter(secret -> secret.isLive(now)).toList();
        List<Declared> wanted =
                secrets.stream().filter(secret -> secret.isLive(now)).toList();
        boolean same = old.size() == wanted.size();
        for (int i = 0; same && i < old.size(); i++) {
            same = old.get(i).hash().matches(wanted.get(i).hash())
                    && Objects.equals(old.get(i).expiresAt(), wanted.get(i).expiresAt());
        }
        return same;
    }

    /** How an export says which secrets a key has. */
    static JsonNode written(List<StoredSecret> secrets, ObjectNode row) {
        boolean single = secrets.size() == 1 && secrets.get(0).expiresAt() == null;
        if (single) {
            return row.textNode(secrets.get(0).hash().encoded());
        }
        ArrayNode array = row.arrayNode();
        for (StoredSecret secret : secrets) {
            ObjectNode item = array.addObject().put("sha256", secret.hash().encoded());
            Instant end = secret.expiresAt();
            if (end != null) {
                item.put("expires_at", end.toString());
            }
        }
        return array;
    }

    @Override
    public String toString() {
        return "DeclaredSecrets[" + secrets.size() + "]";
    }
}
