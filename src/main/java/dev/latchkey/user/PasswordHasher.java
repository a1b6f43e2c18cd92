package dev.latchkey.user;

/** A slow, salted hash for passwords of people. Thread-safe; each call costs tens of milliseconds on purpose. */
public interface PasswordHasher {
    /** A hash that carries its own salt and parameters. */
    String hash(String password);

    /** Whether the password is the one that was hashed. */
    boolean matches(String password, String hash);
}
