package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.Fields;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Times;
import dev.latchkey.cli.terminal.CliContext;
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
    @Override
    public void declare(Syntax syntax) {
        syntax.words(KeyWord.LABEL, 1, 1).store().json().example("latchkey keys show ack_…");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.open(arguments, context)) {
            AccessKey key = KeyWord.find(services, arguments);
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.print(context.out(), AccessKeyJson.of(key));
            } else {
                Instant now = context.clock().instant();
                context.out().print(text(key, now));
                List<FederatedUse> uses = services.issuers().uses(StoreAccess.operator(), key.id());
                uses.forEach(use -> context.out().print(describe(use, now)));
            }
        }
        return ExitCodes.DONE;
    }

    static String text(AccessKey key, Instant now) {
        AccessKeySettings settings = key.settings();
        Fields fields = new Fields()
                .add("id", key.id())
                .add("name", settings.name())
                .add("description", settings.description())
                .add("state", KeysList.state(key, now))
                .add("scopes", settings.scopes().toString())
                .add("token lifetime", orDefault(settings.tokenLifetime()))
                .add("audience", orDefault(settings.audience()))
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
                .add("expires", Times.orNever(settings.expiresAt()))
                .add("last used", Times.orNever(key.lastUsedAt()));
        key.secrets().forEach(secret -> fields.add("secret", describe(secret, now)));
        rotation(key.secrets(), now).ifPresent(words -> fields.add("rotation", words));
        return fields.text();
    }

    private static String describe(FederatedUse use, Instant now) {
        Instant used = use.lastUsedAt();
        Instant refused = use.lastRefusedAt();
        Fields fields = new Fields()
                .add("trusts", use.subject() + " of " + use.issuer())
                .add("", used == null ? "never used" : "last used " + Times.relative(used, now));
        if (refused != null) {
            fields.add("", "last refused " + Times.relative(refused, now) + ": " + use.lastRefusal());
        }
        return fields.text();
    }

    private static String describe(StoredSecret secret, Instant now) {
        Instant end = secret.expiresAt();
        String ends = end == null ? "" : (secret.isLive(now) ? ", ends " : ", ended ") + Times.relative(end, now);
        return secret.shown() + ", made " + Times.relative(secret.createdAt(), now) + ends + ", " + used(secret, now);
    }

    /** When it was made and used. */
    static String history(StoredSecret secret, Instant now) {
        return "made " + Times.relative(secret.createdAt(), now) + ", " + used(secret, now);
    }

    private static String used(StoredSecret secret, Instant now) {
        Instant used = secret.lastUsedAt();
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

    private static String orDefault(@Nullable Duration lifetime) {
        return lifetime == null ? "the service's default" : lifetime.toSeconds() + "s";
    }

    private static String orDefault(List<String> audience) {
        return audience.isEmpty() ? "the service's default" : String.join(" ", audience);
    }
}
