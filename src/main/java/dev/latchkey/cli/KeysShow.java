package dev.latchkey.cli;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.server.Services;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code keys show}: all that is known of one access key, its secret apart, which nobody knows. */
final class KeysShow implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("ID", 1, 1).store().json();
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        try (Services services = StoreAccess.open(arguments, surroundings)) {
            AccessKey key = services.accessKeys().get(StoreAccess.operator(), arguments.word());
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.print(surroundings.out(), out -> AccessKeyJson.write(out, key));
            } else {
                surroundings.out().print(text(key, surroundings.clock().instant()));
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
                .add("jwks", settings.jwks() == null ? "none" : settings.jwks())
                .add("created", key.createdAt() + " by " + key.createdBy())
                .add("updated", key.updatedAt().toString())
                .add("expires", Times.orNever(settings.expiresAt()))
                .add("last used", Times.orNever(key.lastUsedAt()));
        key.secrets().forEach(secret -> fields.add("secret", describe(secret)));
        return fields.text();
    }

    private static String describe(StoredSecret secret) {
        return "…" + secret.hint() + ", created " + secret.createdAt() + ", expires "
                + Times.orNever(secret.expiresAt()) + ", last used " + Times.orNever(secret.lastUsedAt());
    }

    private static String orDefault(@Nullable Duration lifetime) {
        return lifetime == null ? "the service's default" : lifetime.toSeconds() + "s";
    }

    private static String orDefault(List<String> audience) {
        return audience.isEmpty() ? "the service's default" : String.join(" ", audience);
    }
}
