package dev.latchkey;

import static dev.latchkey.EmbeddedLatchkey.PROGRAM;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeySettingsJson;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The access keys of a running service, managed by the program around it. */
record EmbeddedKeys(EmbeddedLatchkey latchkey) implements Latchkey.Keys {
    @Override
    public Latchkey.NewKey create(String name, String... scopes) {
        return create(name, settings -> settings.scopes(scopes));
    }

    @Override
    public Latchkey.NewKey create(String name, Consumer<Latchkey.KeySettings> settings) {
        KeySettingsDocument document = new KeySettingsDocument();
        document.name(name);
        settings.accept(document);
        return created(onKeys(keys -> keys.create(PROGRAM, AccessKeySettingsJson.create(document.json()), true)));
    }

    @Override
    public Optional<Latchkey.Key> find(String id) {
        return onKeys(keys -> {
            try {
                return Optional.of(shown(keys.get(PROGRAM, id)));
            } catch (ServiceException e) {
                if (e.kind() == ErrorKind.NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public List<Latchkey.Key> list() {
        return onKeys(
                keys -> keys.list(PROGRAM).stream().map(EmbeddedKeys::shown).toList());
    }

    @Override
    public Latchkey.Key edit(String id, Consumer<Latchkey.KeySettings> changes) {
        KeySettingsDocument document = new KeySettingsDocument();
        changes.accept(document);
        return shown(onKeys(keys ->
                keys.edit(PROGRAM, id, settings -> AccessKeySettingsJson.replace(settings, document.json()), null)));
    }

    @Override
    public Latchkey.NewKey rotate(String id, Duration grace) {
        return created(onKeys(keys -> keys.rotate(PROGRAM, id, grace)));
    }

    @Override
    public Latchkey.Key disable(String id) {
        return shown(onKeys(keys -> keys.setEnabled(PROGRAM, id, false)));
    }

    @Override
    public Latchkey.Key enable(String id) {
        return shown(onKeys(keys -> keys.setEnabled(PROGRAM, id, true)));
    }

    @Override
    public void delete(String id) {
        var unused = onKeys(keys -> {
            keys.delete(PROGRAM, id, null);
            return true;
        });
    }

    private <T> T onKeys(Function<AccessKeys, T> work) {
        return latchkey.call(services -> work.apply(services.accessKeys()));
    }

    private static Latchkey.NewKey created(NewAccessKey made) {
        return new Latchkey.NewKey(shown(made.key()), made.secret().reveal());
    }

    private static Latchkey.Key shown(AccessKey key) {
        AccessKeySettings settings = key.settings();
        return new Latchkey.Key(
                key.id(),
                settings.name(),
                settings.description(),
                settings.scopes().tokens(),
                settings.enabled(),
                Optional.ofNullable(settings.tokenLifetime()),
                settings.audience(),
                claims(settings),
                key.createdAt(),
                Optional.ofNullable(settings.expiresAt()),
                Optional.ofNullable(key.lastUsedAt()));
    }

    private static Map<String, Object> claims(AccessKeySettings settings) {
        return settings.claims().isEmpty()
                ? Map.of()
                : JsonBinding.map(settings.claims().tree());
    }
}
