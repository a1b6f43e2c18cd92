package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.Fields;
import dev.latchkey.cli.output.Times;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.issuer.FederatedUse;
import dev.latchkey.server.Services;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code keys show}: all that is known of one access key, its secret apart, of which only the hash is stored. */
public final class KeysShow implements Command {
    private static final String DEFAULT = "the service's default";

    @Override
    public void declare(Syntax syntax) {
        syntax.words("ID", 1, 1).store().json().example("latchkey keys show ack_…");
    }

    @Override
    public int execute(Invocation run) {
        try (Services services = run.store()) {
            AccessKey key = KeyWord.find(services, run);
            if (run.isJson()) {
                return run.printJson(AccessKeyJson.of(key));
            }
            Instant now = run.now();
            run.print(fields(key, now));
            services.issuers().uses(Invocation.operator(), key.id()).forEach(use -> run.print(fields(use, now)));
            return ExitCodes.DONE;
        }
    }

    static Fields fields(AccessKey key, Instant now) {
        AccessKeySettings settings = key.settings();
        Duration lifetime = settings.tokenLifetime();
        List<String> audience = settings.audience();
        Fields fields = new Fields()
                .add("id", key.id())
                .add("name", settings.name())
                .add("description", settings.description())
                .add("state", KeysList.state(key, now))
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

    private static String orNever(@Nullable Instant time) {
        return time == null ? "never" : time.toString();
    }

    private static Fields fields(FederatedUse use, Instant now) {
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
