package dev.latchkey.http.exchange;

import dev.latchkey.client.ClientProof;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An endpoint that takes a form, as RFC 6749 §3.2, RFC 7662 §2.1 and RFC 7009 §2.1 have it. Thread-safe. */
public interface FormEndpoint {
    /** The answer; what is refused or fails is thrown, for one place to make an answer of. */
    Answer answer(FormRequest request);

    /** The one parameter that may stand in the form more than once; empty = none. */
    default String repeatable() {
        return "";
    }

    /** Whether the answer must write to the store, and so may have to wait for its turn. */
    boolean writes(FormBody form);

    /**
     * Reads from a store across a network what the answer needs first.
     *
     * @param then is given the client's proof, to answer with, on a thread that must not be kept
     * @return false where answering has nothing of the kind to wait for; {@code then} is never called then
     */
    default boolean lookUp(FormRequest request, Consumer<ClientProof> then) {
        return false;
    }

    /**
     * Is told of each answer to a form that was posted here, also of one that the endpoint was not asked for.
     *
     * @param error the code of the error; null when the answer is none
     * @param beganNanos when the first byte of the request came, as {@link System#nanoTime} tells it
     */
    default void answered(@Nullable String error, long beganNanos) {}
}
