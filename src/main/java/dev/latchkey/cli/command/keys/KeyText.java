package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.cli.output.Fields;
import dev.latchkey.cli.output.Times;
import dev.latchkey.issuer.FederatedUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the command line shows an access key. */
final class KeyText {
    private static final String DEFAULT = "the service's default";

    private KeyText() {}

    static Fields fields(AccessKey key, Instant now) {
        AccessKeySettings settings = key.settings();
        Duration lifetime = settings.tokenLifetime();
        List<String> audience = settings.audience();
        Fields fields = new Fields()
                .add("id", key.id())
                .add("name", settings.name())
                .add("description", settings.description())
                .add("state", state(key, now))
                .add("scopes", settings.scopes().toString())
                .add("token lifetime", lifetime == null ? DEFAULT : lifetime.toSeconds() + "s")
                .add("audience", audience.isEmpty() ? DEFAULT : String.join(" ", audience))
                .add(
                        "claims",
                        settings.claims().isEmpty() ? "none" : settings.claims().json())
                .add(
                        "federated",
                        settings.federated().isEmpty()
                                ? "none"
                                : settings.federated().json())
                .add("jwks", settings.jwks() == null ? "none" : settings.jwks())
                .add("created", key.createdAt() + " by " + key.createdBy())
                .add("updated", key.updatedAt().toString())
                .add("expires", orNever(settings.expiresAt()))
                .add("last used", orNever(key.lastUsedAt()));
        key.secrets().forEach(secret -> fields.add("secret", describe(secret, now)));
        rotation(key.secrets(), now).ifPresent(words -> fields.add("rotation", words));
        return fields;
    }

    /** The word for why it gets tokens or not. */
    static String state(AccessKey key, Instant now) {
        if (!key.settings().enabled()) {
            return "disabled";
        }
        return key.isExpired(now) ? "expired" : "enabled";
    }

    private static String orNever(@Nullable Instant time) {
        return time == null ? "never" : time.toString();
    }

    static Fields fields(FederatedUse use, Instant now) {
        Instant refused = use.lastRefusedAt();
        Fields fields = new Fields()
                .add("trusts", use.subject() + " of " + use.issuer())
                .add("", used(use.lastUsedAt(), now));
        return refused == null
                ? fields
                : fields.add("", "last refused " + Times.relative(refused, now) + ": " + use.lastRefusal());
    }

    private static String describe(StoredSecret secret, Instant now) {
        Instant end = secret.expiresAt();
        String ends = end == null ? "" : (secret.isLive(now) ? ", ends " : ", ended ") + Times.relative(end, now);
        return secret.shown() + ", made " + Times.relative(secret.createdAt(), now) + ends + ", "
                + used(secret.lastUsedAt(), now);
    }

    /** When it was made and used. */
    static String history(StoredSecret secret, Instant now) {
        return "made " + Times.relative(secret.createdAt(), now) + ", " + used(secret.lastUsedAt(), now);
    }

    private static String used(@Nullable Instant used, Instant now) {
        return used == null ? "never used" : "last used " + Times.relative(used, now);
    }

    /** How far a rotation is: finished when the old secret was not used since there is a new one that is in use. */
    static Optional<String> rotation(List<StoredSecret> secrets, Instant now) {
        List<StoredSecret> live =
                secrets.stream().filter(secret -> secret.isLive(now)).toList();
        if (live.size() < 2) {
            return Optional.empty();
        }
        StoredSecret old = live.get(0);
        StoredSecret fresh = live.get(live.size() - 1);
        Instant used = old.lastUsedAt();
        if (fresh.lastUsedAt() == null) {
            return Optional.of("not begun: " + fresh.shown() + " has never been used");
        }
        // A use in the very second in which the new secret was made counts as one after it.
        boolean stillUsed = used != null && !used.isBefore(fresh.createdAt());
        return Optional.of(
                stillUsed
                        ? "not finished: " + old.shown() + " is still in use"
                        : "finished: " + old.shown() + " has not been used since " + fresh.shown() + " was made");
    }
}
