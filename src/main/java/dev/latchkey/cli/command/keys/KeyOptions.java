package dev.latchkey.cli.command.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.ExpiryTime;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.config.Durations;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/**
 * The options that say how a key shall be, its name and scopes apart, read into the fields that the API knows. Lives for
 * one command line.
 */
final class KeyOptions {
    private static final String TOKEN_LIFETIME = "--token-lifetime";
    private static final String AUDIENCE = "--audience";
    private static final String CLAIMS = "--claims";
    static final String JWKS = "--jwks";
    static final String FEDERATED = "--federated";
    private static final String EXPIRES_AT = "--expires-at";
    private static final String EXPIRES_IN = "--expires-in";
    private static final String ENABLED = "--enabled";
    private static final String DISABLED = "--disabled";

    /** What a value is that takes one away. */
    private static final String NONE = "none";

    private static final int LARGEST_JWKS = 65_536;

    private final Invocation run;
    private final Instant earliestExpiry;
    private final ObjectNode fields = JsonBinding.object();

    private KeyOptions(Invocation run, boolean forNewKey) {
        this.run = run;
        this.earliestExpiry = forNewKey ? now().plusSeconds(1) : Instant.EPOCH;
    }

    static Syntax declare(Syntax syntax) {
        return syntax.value("--description", "TEXT", "What the key is for.")
                .value(TOKEN_LIFETIME, "DURATION", "How long its tokens live, 60s to 24h; none: as serve says.")
                .values(List.of(AUDIENCE), "AUDIENCE", "Whom its tokens are for; may be repeated; none: as serve says.")
                .value(CLAIMS, "JSON", "An object of all claims that it adds to its tokens; none: no claims.")
                .value(JWKS, "FILE", "A JWK Set of public keys it signs assertions with; - reads stdin; none: no keys.")
                .value(FEDERATED, "JSON", "Whose tokens stand for a secret: issuer, subject, claims; none: no one's.")
                .value(EXPIRES_AT, "TIME", "When it stops working (2030-01-31T12:00:00Z); none: never.")
                .value(EXPIRES_IN, "DURATION", "The same from now on, such as 90d; none: never.")
                .flag(ENABLED, "It gets tokens.")
                .flag(DISABLED, "It gets no tokens until it is enabled.");
    }

    /**
     * The fields that were typed, null where one is taken away; fails on what no key can have.
     *
     * @param forNewKey one that must not be over already
     */
    static ObjectNode read(Invocation run, boolean forNewKey) {
        return new KeyOptions(run, forNewKey).read();
    }

    private ObjectNode read() {
        run.exclude(EXPIRES_AT, EXPIRES_IN);
        run.exclude(ENABLED, DISABLED);
        run.value("--description").ifPresent(text -> fields.put("description", text));
        set(TOKEN_LIFETIME, "token_lifetime", KeyOptions::seconds);
        List<String> audiences = run.values(AUDIENCE);
        if (audiences.size() > 1 && audiences.contains(NONE)) {
            throw ExitCodes.usage(AUDIENCE + " none must stand alone");
        }
        set(AUDIENCE, "audience", first -> audiences);
        set(CLAIMS, "claims", text -> object(CLAIMS, text.getBytes(StandardCharsets.UTF_8)));
        set(JWKS, "jwks", file -> object(JWKS, InputFile.read(file, LARGEST_JWKS, run.context())));
        set(FEDERATED, "federated", KeyOptions::subjects);
        set(EXPIRES_AT, "expires_at", text -> expiry(EXPIRES_AT, time(text)));
        set(EXPIRES_IN, "expires_at", text -> expiry(EXPIRES_IN, now().plus(Durations.parse(EXPIRES_IN, text))));
        if (run.has(ENABLED) || run.has(DISABLED)) {
            fields.put("enabled", run.has(ENABLED));
        }
        return fields;
    }

    private void set(String flag, String field, Function<String, Object> reader) {
        run.value(flag)
                .ifPresent(text -> fields.set(
                        field, text.equals(NONE) ? fields.nullNode() : JsonBinding.tree(reader.apply(text))));
    }

    private static Object seconds(String text) {
        Duration lifetime = Durations.parse(TOKEN_LIFETIME, text);
        if (!AccessKeySettings.isTokenLifetime(lifetime)) {
            throw ServiceException.invalid(TOKEN_LIFETIME, "must be 60s to 24h, in whole seconds, or none");
        }
        return lifetime.toSeconds();
    }

    /** One object or an array of them. */
    private static JsonNode subjects(String text) {
        try {
            String array = text.strip().startsWith("[") ? text : "[" + text + "]";
            return JsonBinding.readObject("{\"all\":" + array + "}").path("all");
        } catch (JsonSyntaxException e) {
            throw ServiceException.invalid(
                    FEDERATED, e.getMessage() + "; give such as '{\"issuer\":\"github\",\"subject\":\"repo:…\"}'");
        }
    }

    private static ObjectNode object(String flag, byte[] utf8) {
        try {
            return JsonBinding.readObject(utf8);
        } catch (JsonSyntaxException e) {
            String example = flag.equals(JWKS) ? "'{\"keys\":[…]}'" : "'{\"tenant\":\"a\"}'";
            throw ServiceException.invalid(flag, e.getMessage() + "; give an object such as " + example);
        }
    }

    /** A time that is over ends a key now. */
    private String expiry(String flag, Instant time) {
        if (time.isBefore(earliestExpiry) || !ExpiryTime.isPossible(time)) {
            String from = earliestExpiry.equals(Instant.EPOCH) ? "after 1970" : "in the future";
            throw ServiceException.invalid(flag, "must lie " + from + ", before the end of the year 9999");
        }
        return time.toString();
    }

    private static Instant time(String text) {
        return ExpiryTime.parse(text)
                .orElseThrow(() -> ServiceException.invalid(
                        EXPIRES_AT, "must be a time with its zone (RFC 3339), such as 2030-01-31T12:00:00Z, or none"));
    }

    private Instant now() {
        return run.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
