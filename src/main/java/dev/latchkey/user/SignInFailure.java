package dev.latchkey.user;

/** Who failed to sign in, from where and why, for the log. */
public final class SignInFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SignInFailure(String name, String from, String why) {
        super("sign-in of " + name + " from " + from + " refused: " + why, null, false, false);
    }
}
