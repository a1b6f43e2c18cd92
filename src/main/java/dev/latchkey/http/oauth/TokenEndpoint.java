package dev.latchkey.http.oauth;

import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.json.JsonWriter;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.token.TokenRequest;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /connect/token} (RFC 6749 §3.2): a form in, a token out. */
public final class TokenEndpoint implements Handler {
    private final TokenIssuer issuer;

    public TokenEndpoint(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    @Override
    public void handle(Context ctx) {
        FormBody form = OAuthForm.read(ctx, "resource");
        TokenRequest request = new TokenRequest(
                ClientCredentialsReader.read(ctx, form),
                form.get("grant_type"),
                form.get("scope"),
                form.all("resource"),
                form.get("audience"));
        answer(ctx, issuer.issue(request));
    }

    /** RFC 6749 §5.1. */
    private static void answer(Context ctx, IssuedToken token) {
        ctx.status(200);
        ctx.header("Cache-Control", "no-store");
        ctx.header("Pragma", "no-cache");
        ctx.contentType("application/json");
        ctx.result(JsonWriter.object(out -> out.field("access_token", token.accessToken())
                .field("token_type", "Bearer")
                .field("expires_in", token.expiresIn().toSeconds())
                .field("scope", token.scope().toString())));
    }
}
