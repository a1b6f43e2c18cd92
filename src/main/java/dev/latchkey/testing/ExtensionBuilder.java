package dev.latchkey.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.Latchkey;
import dev.latchkey.accesskey.AccessKeyIds;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.testing.ServerSettings.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects what to start. Not thread-safe. */
final class ExtensionBuilder implements LatchkeyExtension.Builder {
    private final Map<String, TestKey> keys = new LinkedHashMap<>();
    private final Map<String, Map<String, ?>> personas = new LinkedHashMap<>();
    private final Map<ServeFlag, String> flags = new EnumMap<>(ServeFlag.class);
    private final List<Consumer<Latchkey.Builder>> rest = new ArrayList<>();
    private @Nullable String seed;

    @Override
    public LatchkeyExtension.Builder key(String name, String... scopes) {
        if (!AccessKeyIds.isValid(name)) {
            throw new IllegalArgumentException(
                    "a key's name is its client id here: 3 to 64 of A-Z a-z 0-9 . _ -, not \"" + name + "\"");
        }
        List<String> each = Arrays.stream(scopes)
                .flatMap(scope -> Arrays.stream(scope.split(" ", -1)))
                .filter(scope -> !scope.isEmpty())
                .distinct()
                .toList();
        if (keys.putIfAbsent(name, TestKey.of(each)) != null) {
            throw new IllegalArgumentException("there are two keys " + name);
        }
        return this;
    }

    @Override
    public LatchkeyExtension.Builder persona(String sub, Map<String, ?> claims) {
        if (personas.putIfAbsent(sub, Map.copyOf(claims)) != null) {
            throw new IllegalArgumentException("there are two personas " + sub);
        }
        return this;
    }

    @Override
    public LatchkeyExtension.Builder profile(String... names) {
        flags.merge(ServeFlag.PROFILE, String.join(",", names), (before, more) -> before + "," + more);
        return this;
    }

    @Override
    public LatchkeyExtension.Builder seed(Path file) {
        try {
            return seed(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The seed " + file + " cannot be read.", e);
        }
    }

    @Override
    public LatchkeyExtension.Builder seed(String json) {
        seed = Objects.requireNonNull(json, "json");
        return this;
    }

    @Override
    public LatchkeyExtension.Builder host(String host) {
        return with(builder -> builder.host(host));
    }

    @Override
    public LatchkeyExtension.Builder port(int port) {
        return with(builder -> builder.port(port));
    }

    @Override
    public LatchkeyExtension.Builder issuer(String issuer) {
        return with(builder -> builder.issuer(issuer));
    }

    @Override
    public LatchkeyExtension.Builder audience(String audience) {
        return with(builder -> builder.audience(audience));
    }

    @Override
    public LatchkeyExtension.Builder tokenLifetime(Duration lifetime) {
        return with(builder -> builder.tokenLifetime(lifetime));
    }

    @Override
    public LatchkeyExtension.Builder tokenTyp(String typ) {
        flags.put(ServeFlag.TOKEN_TYP, Objects.requireNonNull(typ, "typ"));
        return this;
    }

    @Override
    public LatchkeyExtension.Builder clock(Clock clock) {
        return with(builder -> builder.clock(clock));
    }

    @Override
    public LatchkeyExtension.Builder dashboard(boolean there) {
        return with(builder -> builder.dashboard(there));
    }

    @Override
    public LatchkeyExtension.Builder ownerPassword(String password) {
        return with(builder -> builder.ownerPassword(password));
    }

    @Override
    public LatchkeyExtension build() {
        return new LatchkeyExtension(settings(), false);
    }

    /** What was collected. */
    ServerSettings settings() {
        List<Consumer<Latchkey.Builder>> all = List.copyOf(rest);
        return new ServerSettings(keys, seedText(), flags, builder -> all.forEach(one -> one.accept(builder)));
    }

    private LatchkeyExtension.Builder with(Consumer<Latchkey.Builder> setting) {
        rest.add(setting);
        return this;
    }

    /** The seed that was given, with what the builder has beside it; null where there is nothing to start with. */
    private @Nullable String seedText() {
        if (keys.isEmpty() && personas.isEmpty()) {
            return seed;
        }
        ObjectNode document = read(seed == null ? "{}" : seed);
        ArrayNode scopeRows = rows(document, "scopes");
        ArrayNode keyRows = rows(document, "keys");
        ArrayNode personaRows = rows(document, "personas");
        keys.values().stream()
                .flatMap(key -> key.scopes().stream())
                .distinct()
                .filter(scope -> scopeRows
                        .valueStream()
                        .noneMatch(row -> row.path("name").asText().equals(scope)))
                .forEach(scope -> scopeRows.addObject().put("name", scope));
        keys.forEach((name, key) -> keyRows.addObject()
                .put("id", name)
                .put("name", name)
                .put("secret", key.secret())
                .set("scopes", JsonBinding.tree(key.scopes())));
        personas.forEach(
                (sub, claims) -> personaRows.addObject().put("sub", sub).set("claims", JsonBinding.tree(claims)));
        return JsonBinding.text(document);
    }

    private static ObjectNode read(String json) {
        try {
            return JsonBinding.readObject(json);
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException("the seed " + e.getMessage(), e);
        }
    }

    private static ArrayNode rows(ObjectNode seed, String member) {
        JsonNode rows = seed.path(member);
        if (rows instanceof ArrayNode array) {
            return array;
        }
        if (!rows.isMissingNode()) {
            throw new IllegalArgumentException("the seed's " + member + " must be an array");
        }
        return seed.putArray(member);
    }
}
