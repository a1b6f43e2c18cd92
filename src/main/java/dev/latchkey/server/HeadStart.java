package dev.latchkey.server;

import dev.latchkey.config.ServeSettings;
import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.crypto.ProviderKeyPairs;
import dev.latchkey.http.server.JettyServer;
import dev.latchkey.signingkey.KeyPairs;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.sql.SqlStore;

/**
 * What a start does beside opening its store, since it takes as long: a store that is new needs a signing key, which the
 * native signer makes; and a program without a class archive loads some hundred classes of Jetty.
 */
final class HeadStart {
    private HeadStart() {}

    /**
     * Begins, and answers what makes keys. What this begins ends by itself, also where the start fails.
     *
     * @throws dev.latchkey.error.ServiceException as opening the store would, where the settings name no place that one could be in
     */
    static KeyPairs begin(ServeSettings settings, Embedding embedding) {
        KeyPairs pairs = embedding
                .keyPairs()
                .apply(new ProviderKeyPairs(CorrettoProvider.whenLoaded(), CorrettoProvider::begin));
        if (embedding.ownsProcess()) {
            SqlStore.folder(settings.db()).ifPresent(CorrettoProvider::offer);
        } else {
            BackgroundTask.startThread("latchkey-preload", JettyServer::preload);
        }
        if (needsKey(settings, embedding)) {
            CorrettoProvider.beginUnreported();
            if (settings.signingAlgorithm() == null || settings.signingAlgorithm() == SigningAlgorithm.RS256) {
                pairs.prepare(settings.keySize());
            }
        }
        return pairs;
    }

    /** Whether the store will be a new one whose keys sign. */
    private static boolean needsKey(ServeSettings settings, Embedding embedding) {
        return embedding.dataSource() == null
                && embedding.signingKey() == null
                && settings.signingKeyFile() == null
                && (SqlStore.isMissing(settings.db()) || SqlStore.isInMemory(settings.db()));
    }
}
