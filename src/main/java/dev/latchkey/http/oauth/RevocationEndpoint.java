package dev.latchkey.http.oauth;

import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.FormEndpoint;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.log.LogEvent;
import dev.latchkey.token.AccessTokens;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /connect/revocation} (RFC 7009): 200 without a body, whatever became of the token. */
public final class RevocationEndpoint implements FormEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");

    private final AccessTokens tokens;

    public RevocationEndpoint(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public boolean writes(FormBody form) {
        return true;
    }

    @Override
    public Answer answer(FormRequest request) {
        tokens.revoke(ClientCredentialsReader.read(request), request.form().get("token"))
                .ifPresent(passed -> request.logged()
                        .tell(
                                LogEvent.REVOCATION_IGNORED.info(LOG),
                                200,
                                "nothing_revoked",
                                Optional.of(passed.keyId()),
                                passed.why() + " (key " + passed.keyId() + ")"));
        return Answer.empty();
    }
}
