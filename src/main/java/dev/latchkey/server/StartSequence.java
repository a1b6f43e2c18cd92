package dev.latchkey.server;

import dev.latchkey.http.server.JettyServer;
import dev.latchkey.signingkey.SigningKeys;
import dev.latchkey.user.FirstOwner;
import java.util.Optional;

/**
 * The order in which an assembled service begins to work: the first answer comes as soon as tokens can be had.
 *
 * @param aboutToAnswer is run before the first request is answered
 */
record StartSequence(
        JettyServer http, SigningKeys keys, StoreInitializer initializer, Embedding embedding, Runnable aboutToAnswer) {
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
