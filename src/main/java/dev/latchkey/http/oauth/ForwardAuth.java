package dev.latchkey.http.oauth;

import dev.latchkey.accesskey.AccessKeyUses;
import dev.latchkey.accesskey.Audiences;
import dev.latchkey.error.LogText;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.BearerToken;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.InvalidTokenException;
import dev.latchkey.token.SignedClaims;
import dev.latchkey.token.TokenListener;
import dev.latchkey.token.VerifiedToken;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers a proxy that asks whether a request may pass (forward authentication), by the Bearer token alone. Thread-safe.
 */
public final class ForwardAuth {
    private static final String REALM = "Bearer realm=\"latchkey\"";

    private final AccessTokens tokens;
    private final AccessKeyUses uses;
    private final Clock clock;
    private final TokenListener listener;

    /** The request may not pass. */
    public static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String error;
        private final String challenge;
        private final transient Optional<String> keyId;

        private Refusal(int status, String error, String challenge, String reason, Optional<String> keyId) {
            super(reason, null, false, false);
            this.keyId = keyId;
            this.status = status;
            this.error = error;
            this.challenge = challenge;
        }

        /** The same with where the metadata of the resource is (RFC 9728 §5.1). */
        private Refusal withMetadata(String url) {
            return new Refusal(status, error, challenge + ", resource_metadata=\"" + url + '"', reason(), keyId);
        }

        /** Why, for the log. */
        public String reason() {
            return String.valueOf(getMessage());
        }

        /** The key that the token was issued to; empty where that is not known. */
        public Optional<String> keyId() {
            return keyId;
        }

        /** 401 or 403. */
        public int status() {
            return status;
        }

        /** The error code (RFC 6750 §3.1), or {@link TokenListener#NO_TOKEN}. */
        public String error() {
            return error;
        }

        /** The value of {@code WWW-Authenticate} (RFC 6750 §3). */
        public String challenge() {
            return challenge;
        }
    }

    /** @param uses is told which scopes are demanded of the keys whose tokens let requests pass */
    public ForwardAuth(AccessTokens tokens, AccessKeyUses uses, Clock clock, TokenListener listener) {
        this.tokens = tokens;
        this.uses = uses;
        this.clock = clock;
        this.listener = listener;
    }

    /** Is to be told of each answer: {@link TokenListener#PASSED}, or what the error is called. */
    public void answered(String outcome) {
        listener.verified(outcome);
    }

    /**
     * The token that lets the request pass.
     *
     * @param authorization the values of every Authorization header
     * @param query what is demanded of the token: {@code scope}, {@code audience}, {@code resource}
     * @throws Refusal when it may not pass
     * @throws HttpRefusal 400 when the question is malformed
     * @throws ServiceException of kind UNAVAILABLE when the store cannot say
     */
    public VerifiedToken decide(List<String> authorization, @Nullable String query) {
        ForwardAuthRequirements demanded = ForwardAuthRequirements.parse(query);
        try {
            return decide(authorization, demanded);
        } catch (Refusal e) {
            throw demanded.metadata() == null ? e : e.withMetadata(demanded.metadata());
        }
    }

    private VerifiedToken decide(List<String> authorization, ForwardAuthRequirements demanded) {
        VerifiedToken token = verify(authorization);
        SignedClaims claims = token.claims();
        String audience = demanded.audience();
        if (audience != null && !Audiences.contain(claims.audience(), audience)) {
            throw invalidToken(
                    token + " is for " + LogText.quoted(claims.audience()) + ", not for the demanded audience "
                            + LogText.quoted(audience),
                    Optional.of(claims.clientId()));
        }
        if (!claims.scope().containsAll(demanded.scope())) {
            String challenge = REALM + ", error=\"insufficient_scope\", scope=\"" + demanded.scope() + '"';
            String missing =
                    LogText.quoted(demanded.scope().without(claims.scope()).tokens());
            throw new Refusal(
                    403,
                    "insufficient_scope",
                    challenge,
                    token + " lacks the demanded scope " + missing + "; it has "
                            + LogText.quoted(claims.scope().tokens()),
                    Optional.of(claims.clientId()));
        }
        uses.noteDemand(claims.clientId(), demanded.scope(), clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return token;
    }

    private VerifiedToken verify(List<String> authorization) {
        if (authorization.size() > 1) {
            throw new HttpRefusal(400, "Send one Authorization header.");
        }
        Optional<String> presented =
                authorization.isEmpty() ? Optional.empty() : BearerToken.parse(authorization.get(0));
        // Without a token there is no error code: the caller may not have known that one is wanted (RFC 6750 §3.1).
        String token = presented.orElseThrow(
                () -> new Refusal(401, TokenListener.NO_TOKEN, REALM, withoutToken(authorization), Optional.empty()));
        try {
            return tokens.verify(token);
        } catch (InvalidTokenException e) {
            throw invalidToken(String.valueOf(e.getMessage()), e.keyId());
        }
    }

    private static String withoutToken(List<String> authorization) {
        if (authorization.isEmpty()) {
            return "no Authorization header";
        }
        String scheme = authorization.get(0).split(" ", 2)[0];
        return "the Authorization header is of the scheme " + LogText.quoted(scheme) + ", not Bearer";
    }

    private static Refusal invalidToken(String reason, Optional<String> keyId) {
        return new Refusal(401, "invalid_token", REALM + ", error=\"invalid_token\"", reason, keyId);
    }
}
