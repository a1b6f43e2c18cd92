package dev.latchkey.dev;

import dev.latchkey.http.exchange.Answer;
import java.util.concurrent.CompletionStage;

/** What answers one method of one path below {@code /dev}. Thread-safe. */
interface DevEndpoint {
    /**
     * The answer, now or later; a thread is not to be made to wait for it.
     *
     * @throws RuntimeException that {@code ErrorAnswers} makes an answer of; so may the stage fail
     */
    CompletionStage<Answer> answer(DevRequest request);

    /**
     * An endpoint and where it answers.
     *
     * @param method in capitals
     * @param path with {@code /dev}
     */
    record Route(String method, String path, DevEndpoint endpoint) {}
}
