package dev.latchkey.http.api;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.BearerToken;
import dev.latchkey.http.log.LoggedRequest;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.InvalidTokenException;
import dev.latchkey.token.ManagementTokens;
import dev.latchkey.user.Sessions;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out who calls the management API. A Bearer token (RFC 6750) decides alone where there is one; else the first
 * session cookie that is good does, and a change by cookie must come from a page of this service. Turns away whose role is too low before
 * anything is read. Thread-safe.
 */
public final class ManagementAuthenticator {
    private static final String CHALLENGE = "Bearer realm=\"latchkey\"";
    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);

    private final Sessions sessions;
    private final ManagementTokens tokens;
    private final SessionCookie cookie;
    private final SameOrigin sameOrigin;
    private final HostRule hosts;

    /**
     * For a service that people reach at this issuer.
     *
     * @param loopback whether it listens on loopback addresses alone
     */
    public ManagementAuthenticator(Sessions sessions, ManagementTokens tokens, String issuer, boolean loopback) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.cookie = new SessionCookie(issuer);
        this.sameOrigin = new SameOrigin(issuer);
        this.hosts = new HostRule(loopback, issuer);
    }

    /** Lets through callers who have at least this role. */
    public Handler atLeast(Role role, Handler next) {
        return ctx -> {
            ApiAnswer.headers(ctx);
            hosts.require(ctx);
            LoggedRequest request = LoggedRequest.of(ctx.req().getAttribute(LoggedRequest.ATTRIBUTE));
            Caller caller = caller(ctx, request.remote());
            request.askedBy(caller.actor());
            requireRole(ctx, caller.actor(), role);
            caller.attachTo(ctx);
            next.handle(ctx);
        };
    }

    /** Lets through calls from pages of this service, signed in or not. */
    public Handler ownPages(Handler next) {
        return ctx -> {
            ApiAnswer.headers(ctx);
            hosts.require(ctx);
            sameOrigin.require(ctx);
            next.handle(ctx);
        };
    }

    private Caller caller(Context ctx, String from) {
        Optional<String> token = bearerToken(ctx);
        if (token.isPresent()) {
            return byToken(ctx, token.get(), from);
        }
        List<String> found = cookie.read(ctx);
        if (found.isEmpty()) {
            throw ServiceException.of(ErrorKind.UNAUTHENTICATED, "Sign in, or send a Bearer token.");
        }
        if (!READING.contains(ctx.method())) {
            sameOrigin.require(ctx);
        }
        for (String session : found) {
            Optional<Sessions.Present> present = sessions.find(session, from);
            if (present.isPresent()) {
                return new Caller(present.get().actor(), present.get().expiresAt(), Optional.of(session));
            }
        }
        throw ServiceException.of(ErrorKind.UNAUTHENTICATED, "Sign in: the session is over.");
    }

    private Caller byToken(Context ctx, String token, String from) {
        try {
            ManagementTokens.Bearer bearer = tokens.authenticate(token, from);
            return new Caller(bearer.actor(), bearer.expiresAt(), Optional.empty());
        } catch (InvalidTokenException e) {
            ctx.header("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\"");
            throw ServiceException.of(
                    ErrorKind.UNAUTHENTICATED, "The token is not valid here, or not any more; get a new one.", e);
        } catch (ServiceException e) {
            if (e.kind() == ErrorKind.FORBIDDEN) {
                insufficientScope(ctx, Role.DEVELOPER);
            }
            throw e;
        }
    }

    private static void requireRole(Context ctx, Actor actor, Role least) {
        if (actor.role().compareTo(least) >= 0) {
            return;
        }
        if (actor.kind() == Actor.Kind.KEY) {
            insufficientScope(ctx, least);
        }
        throw ServiceException.of(
                ErrorKind.FORBIDDEN,
                "This takes the role " + least.publicName() + "; yours is "
                        + actor.role().publicName() + ".");
    }

    /** RFC 6750 §3.1. */
    private static void insufficientScope(Context ctx, Role least) {
        String scope = ScopeSet.reservedFor(least);
        ctx.header("WWW-Authenticate", CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + scope + '"');
    }

    /** The token of a Bearer header; of two Authorization headers neither is taken. Empty where there is no such header. */
    private static Optional<String> bearerToken(Context ctx) {
        List<String> headers = Collections.list(ctx.req().getHeaders("Authorization"));
        return headers.stream()
                .flatMap(header -> BearerToken.parse(header).stream())
                .findFirst()
                .map(token -> headers.size() > 1 ? "" : token);
    }
}
