package dev.latchkey.http.exchange;

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
}
