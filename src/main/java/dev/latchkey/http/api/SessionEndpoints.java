package dev.latchkey.http.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Fields;
import dev.latchkey.http.log.LoggedRequest;
import dev.latchkey.log.LogEvent;
import dev.latchkey.permission.Actor;
import dev.latchkey.user.Sessions;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/session}: sign in, who am I, sign out. Thread-safe. */
public final class SessionEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");

    private final Sessions sessions;
    private final SessionCookie cookie;

    /** The sessions of a service that people reach at this issuer. */
    public SessionEndpoints(Sessions sessions, String issuer) {
        this.sessions = sessions;
        this.cookie = new SessionCookie(issuer);
    }

    /** {@code POST}. A session that the browser still has ends. */
    public void signIn(Context ctx) {
        Fields fields = new Fields(JsonBody.readSignIn(ctx));
        String username = fields.text("username");
        String password = fields.text("password");
        fields.check();
        LoggedRequest request = LoggedRequest.of(ctx.req().getAttribute(LoggedRequest.ATTRIBUTE));
        String from = request.remote();
        Sessions.Started started = sessions.signIn(username, password, from);
        String who = "sign-in of " + started.actor().name() + " from " + from;
        request.tell(LogEvent.SIGN_IN.info(LOG), 200, "signed_in", Optional.empty(), who);
        cookie.read(ctx).forEach(sessions::signOut);
        cookie.set(ctx, started.token());
        answer(ctx, started.actor(), started.expiresAt(), cookie.warning(ctx));
    }

    /** {@code GET}. */
    public void whoAmI(Context ctx) {
        Caller caller = Caller.of(ctx);
        answer(ctx, caller.actor(), caller.expiresAt(), Optional.empty());
    }

    /** {@code DELETE}. Every session that the browser has here ends. */
    public void signOut(Context ctx) {
        if (Caller.of(ctx).session().isEmpty()) {
            throw ServiceException.of(ErrorKind.NOT_FOUND, "A token is no session; revoke it at /connect/revocation.");
        }
        cookie.read(ctx).forEach(sessions::signOut);
        cookie.clear(ctx);
        ApiAnswer.none(ctx);
    }

    /** @param warning why the session will not work in this browser; it is left out where nothing is wrong */
    private static void answer(Context ctx, Actor actor, Instant expiresAt, Optional<String> warning) {
        ApiAnswer.object(
                ctx,
                200,
                new SessionJson(
                        actor.name(),
                        actor.role().publicName(),
                        actor.kind().name().toLowerCase(Locale.ROOT),
                        expiresAt,
                        warning.orElse(null)));
    }

    private record SessionJson(
            String username,
            String role,
            String kind,
            Instant expiresAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String warning) {}
}
