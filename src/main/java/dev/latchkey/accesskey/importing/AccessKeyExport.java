package dev.latchkey.accesskey.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.issuer.TrustedIssuerJson;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Permission;
import dev.latchkey.scope.Scope;
import java.util.function.Function;

/**
 * Says what the store has as a document that imports read: what people choose, and nothing that changes by itself, so that
 * two exports of the same keys are the same. Thread-safe.
 */
public final class AccessKeyExport {
    private final ImportStore store;

    public AccessKeyExport(ImportStore store) {
        this.store = store;
    }

    /** Reads scopes and keys, all of one moment. */
    public <T> T run(Actor actor, Function<ExportReading, T> work) {
        actor.require(Permission.VIEW_KEYS);
        actor.require(Permission.VIEW_SCOPES);
        return store.comparing(work::apply);
    }

    /** The same for one who will write the hashes of secrets too: they open nothing, but a short secret can be guessed. */
    public <T> T runWithHashes(Actor actor, Function<ExportReading, T> work) {
        actor.require(Permission.CHANGE_KEYS);
        return run(actor, work);
    }

    /** A row of the scopes. */
    public static ObjectNode row(Scope scope) {
        return ImportVariables.escape(
                JsonBinding.object().put("name", scope.name()).put("description", scope.description()));
    }

    /** A row of the trusted issuers. */
    public static ObjectNode row(TrustedIssuer issuer) {
        return ImportVariables.escape(TrustedIssuerJson.row(issuer));
    }

    /** A row of the keys, without secrets. */
    public static ObjectNode row(AccessKey key) {
        ObjectNode row = JsonBinding.object().setAll((ObjectNode) JsonBinding.tree(AccessKeyJson.of(key)));
        return ImportVariables.escape(row.remove(ImportRow.PASSED_OVER));
    }

    /** A row of the keys with the hashes of its secrets. */
    public static ObjectNode rowWithHashes(AccessKey key) {
        ObjectNode row = row(key);
        row.set(DeclaredSecrets.FIELD, DeclaredSecrets.written(key.secrets(), row));
        return row;
    }
}
