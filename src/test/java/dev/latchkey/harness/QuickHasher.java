package dev.latchkey.harness;

import dev.latchkey.crypto.Argon2PasswordHasher;
import dev.latchkey.user.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Hashes in microseconds, and knows the hashes that the command line makes. For tests alone: it is no protection. */
public final class QuickHasher implements PasswordHasher {
    /** So that what looks for a hash where none may be finds these too. */
    private static final String MARK = "$argon2-not-at-all$";

    private static final int SALT_BYTES = 16;

    private final PasswordHasher real = new Argon2PasswordHasher();
    private final SecureRandom random = new SecureRandom();

    @Override
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return hash(HexFormat.of().formatHex(salt), password);
    }

    @Override
    public boolean matches(String password, String hash) {
        if (!hash.startsWith(MARK)) {
            return real.matches(password, hash);
        }
        String salt = hash.substring(MARK.length(), hash.lastIndexOf('$'));
        return hash.equals(hash(salt, password));
    }

    private static String hash(String salt, String password) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((salt + password).getBytes(StandardCharsets.UTF_8));
            return MARK + salt + '$' + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
