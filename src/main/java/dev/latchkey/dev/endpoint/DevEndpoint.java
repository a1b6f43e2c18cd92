package dev.latchkey.dev.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.json.JsonBinding;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What answers one method of one path below {@code /dev}. Thread-safe.
 *
 * @param method in capitals
 * @param path with {@code /dev}
 * @param handler answers, now or later: no thread is to be made to wait; {@code ErrorAnswers} makes an answer of what it
 *     throws, and of what its stage fails with
 */
public record DevEndpoint(String method, String path, Function<Call, CompletionStage<Answer>> handler) {
    /**
     * A request.
     *
     * @param body the JSON object that was sent; one without fields where there was no body
     * @param query the parameters after the question mark, each there once
     */
    public record Call(ObjectNode body, FormBody query) {}

    /** One that answers at once. */
    public static DevEndpoint of(String method, String path, Function<Call, Answer> handler) {
        return new DevEndpoint(method, path, call -> CompletableFuture.completedFuture(handler.apply(call)));
    }

    /** 200 with a record or map as JSON. */
    public static Answer json(Object value) {
        return Answer.json(JsonBinding.bytes(value));
    }
}
