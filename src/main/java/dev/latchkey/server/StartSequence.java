package dev.latchkey.server;

import dev.latchkey.config.ServeSettings;
import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.crypto.ProviderKeyPairs;
import dev.latchkey.http.server.JettyServer;
import dev.latchkey.signingkey.KeyPairs;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeys;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.user.FirstOwner;
import java.util.Optional;

/**
 * What a start begins early, and the order in which an assembled service begins to work: the first answer comes as soon as
 * tokens can be had.
 *
 * @param aboutToAnswer is run before the first request is answered
 */
record StartSequence(
        JettyServer http, SigningKeys keys, StoreInitializer initializer, Embedding embedding, Runnable aboutToAnswer) {
    /**
     * Begins what is done beside opening the store, since it takes as long, and answers what makes keys: a store that is new
     * needs a signing key, which the native signer makes; and a program without a class archive loads some hundred classes
     * of Jetty. What this begins ends by itself, also where the start fails.
     *
     * @throws dev.latchkey.error.ServiceException as opening the store would, where the settings name no place for one
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

    /** @param filling what an answer may need, under way already */
    void run(BackgroundTask filling, Optional<FirstOwner> firstOwner) {
        boolean complete = false;
        try {
            http.start();
            filling.join();
            aboutToAnswer.run();
            http.answer();
            if (firstOwner.isPresent()) {
                http.awaitFirstAnswers();
            }
            // Tokens need neither of these two, and both take a while.
            keys.beginNext();
            try {
                firstOwner.ifPresent(initializer::create);
            } finally {
                if (embedding.waitsForNextKey()) {
                    keys.awaitNext();
                }
            }
            complete = true;
        } finally {
            if (!complete) {
                http.close(embedding.stopWithin());
            }
        }
    }
}
