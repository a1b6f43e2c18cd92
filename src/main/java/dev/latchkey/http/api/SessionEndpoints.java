package dev.latchkey.http.api;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.permission.Actor;
import dev.latchkey.user.Sessions;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/** {@code /api/session}: sign in, who am I, sign out. Thread-safe. */
public final class SessionEndpoints {
    /** Passwords are slow to check on purpose; more at once would take the threads that tokens are issued on. */
    private static final int SIGN_INS_AT_ONCE = 8;

    private final Sessions sessions;
    private final SessionCookie cookie;
    private final Semaphore turns = new Semaphore(SIGN_INS_AT_ONCE);

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
        Sessions.Started started = inTurn(username, password, ctx.req().getRemoteAddr());
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

    private Sessions.Started inTurn(String username, String password, String from) {
        if (!turns.tryAcquire()) {
            throw LatchkeyException.tooManyRequests(
                    "Too many people are signing in at this moment; try again.", Duration.ofSeconds(1));
        }
        try {
            return sessions.signIn(username, password, from);
        } finally {
            turns.release();
        }
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
