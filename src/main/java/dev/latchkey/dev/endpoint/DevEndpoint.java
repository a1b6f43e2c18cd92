package dev.latchkey.dev.endpoint;

import dev.latchkey.http.exchange.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What answers one method of one path below {@code /dev}. Thread-safe. */
public interface DevEndpoint {
    /**
     * The answer, now or later; a thread is not to be made to wait for it.
     *
     * @throws RuntimeException that {@code ErrorAnswers} makes an answer of; so may the stage fail
     */
    CompletionStage<Answer> answer(DevRequest request);

    /** One that answers a JSON document that lies beside this class. */
    static DevEndpoint document(String name) {
        return request -> {
            try (InputStream in = Objects.requireNonNull(DevEndpoint.class.getResourceAsStream(name), name)) {
                return CompletableFuture.completedFuture(Answer.json(in.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(name, e);
            }
        };
    }

    /**
     * An endpoint and where it answers.
     *
     * @param method in capitals
     * @param path with {@code /dev}
     */
    record Route(String method, String path, DevEndpoint endpoint) {}
}
