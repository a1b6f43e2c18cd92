package dev.latchkey.http.oauth;

import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.RequestId;
import dev.latchkey.json.Json;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonWriter;
import dev.latchkey.token.InvalidTokenException;
import dev.latchkey.token.TokenIntrospector;
import dev.latchkey.token.VerifiedToken;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /connect/introspect} (RFC 7662): is this token active, and what does it say? */
public final class IntrospectionEndpoint implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");

    private final TokenIntrospector introspector;

    public IntrospectionEndpoint(TokenIntrospector introspector) {
        this.introspector = introspector;
    }

    @Override
    public void handle(Context ctx) {
        FormBody form = OAuthForm.read(ctx, "");
        byte[] answer;
        try {
            answer = active(introspector.introspect(ClientCredentialsReader.read(ctx, form), form.get("token")));
        } catch (InvalidTokenException e) {
            LOG.info("{} inactive: {}", ctx.req().getAttribute(RequestId.ATTRIBUTE), e.getMessage());
            answer = JsonWriter.object(out -> out.field("active", false));
        }
        ctx.status(200);
        ctx.header("Cache-Control", "no-store");
        ctx.header("Pragma", "no-cache");
        ctx.contentType("application/json");
        ctx.result(answer);
    }

    /** §2.2: what the answer itself says comes first, and no claim of the same name takes its place. */
    private static byte[] active(VerifiedToken token) {
        Map<String, Object> claims;
        try {
            claims = Json.parseObject(token.claimsJson());
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("verified claims are not JSON", e);
        }
        claims.remove("active");
        claims.remove("token_type");
        return JsonWriter.object(out -> {
            out.field("active", true).field("token_type", "Bearer");
            claims.forEach(out::fieldOf);
        });
    }
}
