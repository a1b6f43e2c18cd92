package dev.latchkey.http.oauth;

import dev.latchkey.client.ClientProof;
import dev.latchkey.error.LogText;
import dev.latchkey.http.exchange.BasicCredentials;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds how a client authenticates: {@code client_secret_basic} or {@code client_secret_post} (RFC 6749 §2.3.1), or
 * {@code private_key_jwt} (RFC 7523 §2.2), one of them alone. Never reads the query.
 */
public final class ClientCredentialsReader {
    private static final String ONE_METHOD = "Use one way to authenticate the client, not two in one request.";

    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private ClientCredentialsReader() {}

    /**
     * What the client presents; {@link ClientProof.None} where it is nothing, or malformed.
     *
     * @throws TokenRefusedException with {@code invalid_request} when it is more than one thing
     */
    public static ClientProof read(FormRequest request) {
        ClientProof known = request.proof();
        if (known != null) {
            return known;
        }
        List<String> headers = request.authorization();
        return headers.isEmpty() ? fromForm(request.form()) : fromHeader(headers, request.form());
    }

    /** Whatever is wrong inside the header is a failed authentication. */
    private static ClientProof fromHeader(List<String> headers, FormBody form) {
        if (headers.size() > 1) {
            return new ClientProof.None("more than one Authorization header");
        }
        Optional<ClientProof.Credentials> parsed = BasicCredentials.parse(headers.get(0));
        if (parsed.isEmpty()) {
            return new ClientProof.None("the Authorization header " + BasicCredentials.problem(headers.get(0)));
        }
        ClientProof.Credentials credentials = parsed.get();
        if (form.get("client_secret") != null || hasAssertion(form)) {
            throw twoMethods(
                    "an Authorization header and " + (hasAssertion(form) ? "an assertion" : "a client_secret"));
        }
        String clientId = form.get("client_id");
        if (clientId != null && !clientId.equals(credentials.clientId())) {
            throw TokenRefusedException.of(
                    OAuthError.INVALID_REQUEST,
                    "client_id differs from the id in the Authorization header.",
                    "client_id is " + LogText.quoted(clientId) + ", the id in the Authorization header "
                            + LogText.quoted(credentials.clientId()));
        }
        return credentials;
    }

    private static ClientProof fromForm(FormBody form) {
        String id = form.get("client_id");
        String secret = form.get("client_secret");
        if (secret != null && hasAssertion(form)) {
            throw twoMethods("a client_secret and an assertion");
        }
        if (hasAssertion(form)) {
            return fromAssertion(id, form);
        }
        if (id == null || secret == null) {
            return new ClientProof.None(
                    id == null && secret == null
                            ? "no client credentials in the header or the body"
                            : "the body has a "
                                    + (id == null
                                            ? "client_secret without a client_id"
                                            : "client_id without " + "a client_secret"));
        }
        return new ClientProof.Credentials(id, secret);
    }

    private static ClientProof fromAssertion(@Nullable String id, FormBody form) {
        String jwt = form.get("client_assertion");
        String type = form.get("client_assertion_type");
        if (jwt == null || type == null) {
            return new ClientProof.None((jwt == null ? "client_assertion" : "client_assertion_type") + " is missing");
        }
        if (!JWT_BEARER.equals(type)) {
            return new ClientProof.None(
                    "the client_assertion_type is " + LogText.quoted(type) + " instead of " + JWT_BEARER);
        }
        return new ClientProof.Assertion(id, jwt);
    }

    private static TokenRefusedException twoMethods(String which) {
        return TokenRefusedException.of(OAuthError.INVALID_REQUEST, ONE_METHOD, "the client sends " + which);
    }

    /** Whether the client says that it authenticates by an assertion. */
    static boolean hasAssertion(FormBody form) {
        return form.get("client_assertion") != null || form.get("client_assertion_type") != null;
    }
}
