package dev.latchkey;

import org.jspecify.annotations.Nullable;

/**
 * A failure of an embedded service. The message says what is wrong and what to do; it holds no secret, token or password.
 */
public final class LatchkeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What failed, in the kinds that programs act on differently. */
    public enum Reason {
        /** Something else listens on the port, or the address is not one of this machine. */
        PORT_TAKEN,
        /** The store was made by a newer version of Latchkey. */
        STORE_NEWER,
        /** The store's database does not answer; the same call may succeed later. */
        STORE_UNREACHABLE,
        /** There is something that is no store, or one that this program may not or cannot use. */
        STORE_UNUSABLE,
        /** A setting, a field or an argument is not acceptable; the message names it. */
        BAD_SETTING,
        /** There is no access key or scope of that name. */
        NOT_FOUND,
        /** It contradicts what is stored: a duplicate, or something that is in use. */
        CONFLICT,
        /** A token was asked for that the access key may not have: it is disabled or expired, or the scope is not its own. */
        REFUSED,
        /** The service was closed. */
        CLOSED
    }

    private final Reason reason;

    LatchkeyException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What failed. */
    public Reason reason() {
        return reason;
    }
}
