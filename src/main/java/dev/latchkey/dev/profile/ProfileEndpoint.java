package dev.latchkey.dev.profile;

import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.FormEndpoint;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.http.exchange.MediaType;
import org.jspecify.annotations.Nullable;

/** An endpoint that takes a form at a path of a provider, and has errors of the provider's form. Thread-safe. */
interface ProfileEndpoint extends FormEndpoint {
    /**
     * The body as a form.
     *
     * @throws HttpRefusal 415 when it is of another type
     */
    default byte[] form(@Nullable String contentType, byte[] body) {
        MediaType.require(contentType, FormRequest.MEDIA_TYPE);
        return body;
    }

    /**
     * What the provider answers to a refusal or a failure.
     *
     * @param request null = the form could not be read
     * @param usual what the contract answers
     */
    Answer refused(RuntimeException failure, @Nullable FormRequest request, Answer usual);
}
