package dev.latchkey.http.oauth;

import dev.latchkey.client.ClientProof;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.FormEndpoint;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.json.ObjectBytes;
import dev.latchkey.token.TokenListener;
import dev.latchkey.token.issuing.TokenIssuer;
import dev.latchkey.token.issuing.TokenIssuer.IssuedToken;
import dev.latchkey.token.issuing.TokenRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code POST /connect/token} (RFC 6749 §3.2): a form in, a token out. */
public final class TokenEndpoint implements FormEndpoint {
    /** All but the values that are not the same for each token. */
    private static final int CONSTANT_BYTES =
            "{'access_token':'','token_type':'Bearer','expires_in':,'scope':''}".length();

    private final TokenIssuer issuer;
    private final TokenListener listener;

    public TokenEndpoint(TokenIssuer issuer, TokenListener listener) {
        this.issuer = issuer;
        this.listener = listener;
    }

    @Override
    public String repeatable() {
        return "resource";
    }

    /** An assertion is remembered, so that it is good for one time. */
    @Override
    public boolean writes(FormBody form) {
        return ClientCredentialsReader.hasAssertion(form);
    }

    @Override
    public boolean lookUp(FormRequest request, Consumer<ClientProof> then) {
        return issuer.lookUp(ClientCredentialsReader.read(request), then);
    }

    @Override
    public Answer answer(FormRequest request) {
        FormBody form = request.form();
        TokenRequest asked = new TokenRequest(
                ClientCredentialsReader.read(request),
                form.get("grant_type"),
                form.get("scope"),
                form.all("resource"),
                form.get("audience"),
                form);
        return answer(issuer.issue(asked));
    }

    @Override
    public void answered(@Nullable String error, long beganNanos) {
        if (listener != TokenListener.NONE) {
            listener.tokenRequested(error == null ? TokenListener.ISSUED : error, System.nanoTime() - beganNanos);
        }
    }

    /** RFC 6749 §5.1. */
    private static Answer answer(IssuedToken token) {
        byte[] jwt = token.accessToken();
        long seconds = token.expiresIn().toSeconds();
        String scope = token.scope().toString();
        int length = CONSTANT_BYTES + jwt.length + Long.toString(seconds).length() + scope.length();
        return Answer.json(new ObjectBytes(length)
                .plainField("access_token", jwt)
                .field("token_type", "Bearer")
                .field("expires_in", seconds)
                .field("scope", scope)
                .end());
    }
}
