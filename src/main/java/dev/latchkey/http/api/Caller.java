package dev.latchkey.http.api;

import dev.latchkey.permission.Actor;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Optional;

/**
 * Who calls, as the guard found out.
 *
 * @param actor in the role they have now
 * @param expiresAt the first moment at which this session or token does not count any more, if nothing is done
 * @param session the session's token, where it is one; never printed
 */
record Caller(Actor actor, Instant expiresAt, Optional<String> session) {
    private static final String ATTRIBUTE = "dev.latchkey.caller";

    /** The caller that the guard let through. An endpoint that no guard stands before fails here. */
    static Caller of(Context ctx) {
        Caller caller = ctx.attribute(ATTRIBUTE);
        if (caller == null) {
            throw new IllegalStateException("no guard stands before " + ctx.path());
        }
        return caller;
    }

    /** Short for the actor of {@link #of}. */
    static Actor actorOf(Context ctx) {
        return of(ctx).actor();
    }

    void attachTo(Context ctx) {
        ctx.attribute(ATTRIBUTE, this);
    }

    @Override
    public String toString() {
        return "Caller[" + actor.label() + "]";
    }
}
