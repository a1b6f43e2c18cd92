package dev.latchkey.crypto;

import dev.latchkey.crypto.pem.KeyFile;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.signingkey.PrivateKeySeal;
import dev.latchkey.signingkey.SigningKeyPair.PrivateKeyBytes;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts private keys with AES-256-GCM (NIST SP 800-38D): a fresh random nonce for each, and the kid as associated
 * data, so that one key's text does not open in the place of another's. Cannot be printed by accident. Thread-safe.
 */
public final class MasterKey implements PrivateKeySeal {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    private final SecretKeySpec key;
    private final Path file;
    private final SecureRandom random = new SecureRandom();

    private MasterKey(byte[] key, Path file) {
        this.key = new SecretKeySpec(key, "AES");
        this.file = file;
    }

    /**
     * Reads 32 bytes as base64, with white space at the end, from a file that is closed to others; fails with {@link
     * ErrorKind#MISCONFIGURED}.
     */
    public static MasterKey read(Path file) {
        KeyFile secret = new KeyFile(file, "master key file");
        byte[] key = decode(secret.readSecret().stripTrailing());
        if (key.length != KEY_BYTES) {
            throw secret.failure("does not hold 32 random bytes as base64; make one with: (umask 077; openssl rand "
                    + "-base64 32 > FILE)");
        }
        return new MasterKey(key, file);
    }

    @Override
    public boolean encrypts() {
        return true;
    }

    @Override
    public StoredPrivateKey seal(String kid, PrivateKeyBytes privateKey) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, kid).doFinal(privateKey.pkcs8());
            byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
            return new StoredPrivateKey(
                    StoredPrivateKey.ENCRYPTED + Base64.getEncoder().encodeToString(both));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    @Override
    public PrivateKeyBytes open(String kid, StoredPrivateKey stored) {
        if (!stored.isEncrypted()) {
            return PrivateKeySeal.decode(kid, stored);
        }
        byte[] both = decode(stored.text().substring(StoredPrivateKey.ENCRYPTED.length()));
        if (both.length <= NONCE_BYTES) {
            throw doesNotOpen();
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, both, kid);
            return new PrivateKeyBytes(cipher.doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES));
        } catch (AEADBadTagException e) {
            throw doesNotOpen();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    @Override
    public String toString() {
        return "MasterKey[…]";
    }

    /** @param nonce which stands at the beginning of it */
    private Cipher cipher(int mode, byte[] nonce, String kid) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
        cipher.updateAAD(kid.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private ServiceException doesNotOpen() {
        return ServiceException.misconfigured(
                "The master key in " + file + " does not open the private signing keys of this store: they were "
                        + "encrypted with another one. Give that one with --master-key-file; it can then be changed "
                        + "with: latchkey signing-keys rekey --master-key-file OLD --new-master-key-file NEW");
    }

    /** The bytes; none at all where the text is no base64. */
    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
