package dev.latchkey.http.api;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.permission.Actor;
import dev.latchkey.user.Sessions;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Locale;

/** {@code /api/session}: sign in, who am I, sign out. Thread-safe. */
public final class SessionEndpoints {
    private final Sessions sessions;
    private final SessionCookie cookie;

    /** The sessions of a service that people reach at this issuer. */
    public SessionEndpoints(Sessions sessions, String issuer) {
        this.sessions = sessions;
        this.cookie = new SessionCookie(issuer);
    }

    /** {@code POST}. A session that the browser still has ends. */
    public void signIn(Context ctx) {
        Fields fields = new Fields(JsonBody.read(ctx));
        String username = fields.text("username");
        String password = fields.text("password");
        fields.check();
        Sessions.Started started = sessions.signIn(username, password, ctx.req().getRemoteAddr());
        cookie.read(ctx).ifPresent(sessions::signOut);
        cookie.set(ctx, started.token());
        answer(ctx, started.actor(), started.expiresAt());
    }

    /** {@code GET}. */
    public void whoAmI(Context ctx) {
        Caller caller = Caller.of(ctx);
        answer(ctx, caller.actor(), caller.expiresAt());
    }

    /** {@code DELETE}. */
    public void signOut(Context ctx) {
        String session = Caller.of(ctx)
                .session()
                .orElseThrow(() -> LatchkeyException.of(
                        ErrorKind.NOT_FOUND, "A token is no session; revoke it at /connect/revocation."));
        sessions.signOut(session);
        cookie.clear(ctx);
        ApiAnswer.none(ctx);
    }

    private static void answer(Context ctx, Actor actor, Instant expiresAt) {
        ApiAnswer.object(
                ctx,
                200,
                out -> out.field("username", actor.name())
                        .field("role", actor.role().publicName())
                        .field("kind", actor.kind().name().toLowerCase(Locale.ROOT))
                        .field("expires_at", expiresAt));
    }
}
