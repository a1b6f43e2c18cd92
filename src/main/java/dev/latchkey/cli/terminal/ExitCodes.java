package dev.latchkey.cli.terminal;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;

/** What the caller's shell is told. The only place where a failure becomes an exit code. */
public final class ExitCodes {
    /** Done. */
    public static final int DONE = 0;

    /** The operation failed: not found, a conflict, no store, a token that is not verified. */
    public static final int FAILED = 1;

    /** Wrong usage: the words or the environment have to be changed before it can work. */
    public static final int USAGE = 2;

    /** Done, and it found something to do: a plan with differences, a key with advice. */
    public static final int SOMETHING_TO_DO = 3;

    private ExitCodes() {}

    public static int of(Throwable failure) {
        boolean usage = failure instanceof ServiceException known && known.kind() == ErrorKind.INVALID;
        return usage ? USAGE : FAILED;
    }

    /** Wrong usage, with a message that says what is wrong and what to do. */
    public static ServiceException usage(String message) {
        return ServiceException.of(ErrorKind.INVALID, message);
    }
}
