package dev.latchkey.http.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Fields;
import dev.latchkey.http.log.LoggedRequest;
import dev.latchkey.log.LogEvent;
import dev.latchkey.permission.Actor;
import dev.latchkey.user.Session;
import dev.latchkey.user.Sessions;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/session} and below: sign in, who am I, sign out; one's own password and other sessions. Thread-safe. */
public final class SessionEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");

    private static final String NO_OTHERS = "A token is no session and has no others.";

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
        own(ctx, "A token is no session; revoke it at /connect/revocation.");
        cookie.read(ctx).forEach(sessions::signOut);
        cookie.clear(ctx);
        ApiAnswer.none(ctx);
    }

    /** {@code PUT /api/session/password}: this session goes on, the user's others end. */
    public void changePassword(Context ctx) {
        String token = own(ctx, "A token has no password.");
        Fields fields = new Fields(JsonBody.readSignIn(ctx));
        String current = fields.text("current");
        String password = fields.text("password");
        fields.check();
        sessions.changePassword(Caller.actorOf(ctx), token, current, password);
        ApiAnswer.none(ctx);
    }

    /** {@code GET /api/session/others}: the user's sessions in other browsers, the last used first. */
    public void others(Context ctx) {
        String token = own(ctx, NO_OTHERS);
        ApiAnswer.page(ctx, sessions.others(Caller.actorOf(ctx), token), OtherJson::of, null);
    }

    /** {@code DELETE /api/session/others}. */
    public void endOthers(Context ctx) {
        sessions.endOthers(Caller.actorOf(ctx), own(ctx, NO_OTHERS));
        ApiAnswer.none(ctx);
    }

    /** The token of the caller's session. */
    private static String own(Context ctx, String without) {
        return Caller.of(ctx).session().orElseThrow(() -> ServiceException.of(ErrorKind.NOT_FOUND, without));
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

    /** @param address where the user signed in from; null in what an older version began */
    private record OtherJson(
            Instant createdAt,
            Instant lastUsedAt,
            Instant expiresAt,
            @Nullable String address) {
        static OtherJson of(Session session) {
            String address = session.address();
            return new OtherJson(
                    session.createdAt(), session.lastSeenAt(), session.expiresAt(), address.isEmpty() ? null : address);
        }
    }

    private record SessionJson(
            String username,
            String role,
            String kind,
            Instant expiresAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String warning) {}
}
