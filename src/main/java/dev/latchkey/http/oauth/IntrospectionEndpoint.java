package dev.latchkey.http.oauth;

import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.FormEndpoint;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.ObjectBytes;
import dev.latchkey.log.LogEvent;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.InvalidTokenException;
import dev.latchkey.token.VerifiedToken;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /connect/introspect} (RFC 7662): is this token active, and what does it say? */
public final class IntrospectionEndpoint implements FormEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");

    private static final Set<String> OWN_MEMBERS = Set.of("active", "token_type");

    private final AccessTokens tokens;

    public IntrospectionEndpoint(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /** As at the token endpoint. */
    @Override
    public boolean writes(FormBody form) {
        return ClientCredentialsReader.hasAssertion(form);
    }

    @Override
    public Answer answer(FormRequest request) {
        try {
            String token = request.form().get("token");
            return Answer.json(active(tokens.introspect(ClientCredentialsReader.read(request), token)));
        } catch (InvalidTokenException e) {
            String why = String.valueOf(e.getMessage());
            request.logged().tell(LogEvent.INTROSPECTION_INACTIVE.info(LOG), 200, "inactive", e.keyId(), why);
            return Answer.json(new ObjectBytes(32).field("active", false).end()).because(why);
        }
    }

    /** §2.2: what the answer itself says comes first, and no claim of the same name takes its place. */
    private static byte[] active(VerifiedToken token) {
        return new ObjectBytes(1024)
                .field("active", true)
                .field("token_type", "Bearer")
                .fieldsOf(JsonReader.without(OWN_MEMBERS, token.claims().json()))
                .end();
    }
}
