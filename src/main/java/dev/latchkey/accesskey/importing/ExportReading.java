package dev.latchkey.accesskey.importing;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.scope.Scope;
import java.util.List;

/** Scopes and keys as the store has them in one moment, or in one transaction. For one thread. */
public interface ExportReading {
    /** Scopes in the order of their names, behind one; the first with {@code ""}. */
    List<Scope> scopesAfter(String name, int most);

    /** The trusted issuers, by name. */
    List<TrustedIssuer> issuers();

    /** Keys in the order of their ids, behind one; the first with {@code ""}. */
    List<AccessKey> keysAfter(String id, int most);
}
