package dev.latchkey.http.oauth;

import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.token.TokenRevoker;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code POST /connect/revocation} (RFC 7009): 200 without a body, whatever became of the token. */
public final class RevocationEndpoint implements Handler {
    private final TokenRevoker revoker;

    public RevocationEndpoint(TokenRevoker revoker) {
        this.revoker = revoker;
    }

    @Override
    public void handle(Context ctx) {
        FormBody form = OAuthForm.read(ctx, "");
        revoker.revoke(ClientCredentialsReader.read(ctx, form), form.get("token"));
        ctx.status(200);
        ctx.header("Cache-Control", "no-store");
        ctx.header("Pragma", "no-cache");
    }
}
