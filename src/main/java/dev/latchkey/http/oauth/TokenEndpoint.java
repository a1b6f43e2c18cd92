package dev.latchkey.http.oauth;

import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.FormEndpoint;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.json.ObjectBytes;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.token.TokenRequest;

/** {@code POST /connect/token} (RFC 6749 §3.2): a form in, a token out. */
public final class TokenEndpoint implements FormEndpoint {
    private static final int BYTES_AROUND_TOKEN_AND_SCOPE = 100;

    private final TokenIssuer issuer;

    public TokenEndpoint(TokenIssuer issuer) {
        this.issuer = issuer;
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
    public Answer answer(FormRequest request) {
        FormBody form = request.form();
        TokenRequest asked = new TokenRequest(
                ClientCredentialsReader.read(request),
                form.get("grant_type"),
                form.get("scope"),
                form.all("resource"),
                form.get("audience"));
        return answer(issuer.issue(asked));
    }

    /** RFC 6749 §5.1. */
    private static Answer answer(IssuedToken token) {
        String scope = token.scope().toString();
        return Answer.json(new ObjectBytes(token.accessToken().length() + scope.length() + BYTES_AROUND_TOKEN_AND_SCOPE)
                .field("access_token", token.accessToken())
                .field("token_type", "Bearer")
                .field("expires_in", token.expiresIn().toSeconds())
                .field("scope", scope)
                .end());
    }
}
