package dev.latchkey.server;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.harness.Processes;
import dev.latchkey.permission.Actor;
import dev.latchkey.sql.SqlStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A process that changes one key of a store. Its words are the store and the key's id; then each line on its standard
 * input is a change, and is answered by a line when that is committed.
 */
final class ChangingProcess {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final AuditEvent EVENT =
            new AuditEvent(LONG_AGO, Actor.operator("test"), "key.edit", "test", null, null);

    private final SqlStore store;
    private final String id;
    private AccessKey known;

    private ChangingProcess(SqlStore store, String id) {
        this.store = store;
        this.id = id;
        this.known = store.accessKeys().find(id).orElseThrow();
    }

    static Process start(String db, String id) throws IOException {
        return Processes.java(ChangingProcess.class, db, id);
    }

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (SqlStore store = SqlStore.open(args[0], SqlStore.Mode.EXISTING)) {
            ChangingProcess process = new ChangingProcess(store, args[1]);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                process.change(line);
                System.out.print("done\n");
                System.out.flush();
            }
        }
    }

    private void change(String name) {
        switch (name) {
            case "disable", "enable" -> update(known.settings().withEnabled(name.equals("enable")), known.secrets());
            case "expire" -> update(expiring(LONG_AGO), known.secrets());
            case "extend" -> update(expiring(null), known.secrets());
            case "delete" -> {
                known = store.accessKeys().find(id).orElseThrow();
                store.accessKeys().delete(id, known.revision(), EVENT);
            }
            case "restore" -> store.accessKeys().insert(known, List.of(), List.of());
            default -> // the secret that takes the place of the one that is there
                update(known.settings(), List.of(new StoredSecret(SecretHash.of(name), "hint", LONG_AGO, null, null)));
        }
    }

    private AccessKeySettings expiring(Instant at) {
        AccessKeySettings now = known.settings();
        return new AccessKeySettings(
                now.name(),
                now.description(),
                now.scopes(),
                now.enabled(),
                now.tokenLifetime(),
                now.audience(),
                now.jwks(),
                now.claims(),
                at);
    }

    private void update(AccessKeySettings settings, List<StoredSecret> secrets) {
        AccessKey before = store.accessKeys().find(id).orElseThrow();
        known = new AccessKey(
                id,
                settings,
                secrets,
                before.createdAt(),
                before.createdBy(),
                LONG_AGO,
                before.lastUsedAt(),
                before.revision() + 1);
        if (!store.accessKeys().update(known, before.revision(), EVENT)) {
            throw new IllegalStateException("another one changes the key");
        }
    }
}
