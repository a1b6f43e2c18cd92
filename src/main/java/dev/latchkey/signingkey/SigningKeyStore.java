package dev.latchkey.signingkey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stored signing keys. Thread-safe. Each change is one transaction, its events included; one that finds other keys than
 * it speaks of, private parts included, fails with {@link ErrorKind#CONFLICT}. Every method fails with {@link
 * ErrorKind#UNAVAILABLE} when the store cannot be read or written.
 */
public interface SigningKeyStore {
    /** All keys: the active one, the next one, then the retired ones, the last retired first. */
    List<SigningKey> all();

    /** All keys in the order of {@link #all}, each with its private part, in one read. */
    List<StoredKey> stored();

    /** The private parts of {@link #stored}, by kid. */
    default Map<String, StoredPrivateKey> privateKeys() {
        return stored().stream().collect(Collectors.toMap(key -> key.key().kid(), StoredKey::privateKey));
    }

    /** Gets ready for a change that is about to come, which then takes less time. */
    void prepareToChange();

    /**
     * Adds the first keys unless there is one already, which another process may have added a moment ago.
     *
     * @param next null = it comes later, by {@link #insertNext}
     * @return whether they were added
     */
    boolean insertFirst(StoredKey active, @Nullable StoredKey next, List<AuditEvent> events);

    /**
     * Adds the next key unless there is one already.
     *
     * @param active the active key, with its private part as it is stored
     * @return whether it was added
     */
    boolean insertNext(StoredKey active, StoredKey next, AuditEvent event);

    /** Makes the next key active. */
    void rotate(Rotation rotation, List<AuditEvent> events);

    /**
     * Puts another key in the place of the next one, which has signed nothing.
     *
     * @param gone the next key that is to go, with its private part as it is stored
     */
    void replaceNext(StoredKey gone, StoredKey next, List<AuditEvent> events);

    /** Takes down how long the key's tokens live, and its end with that, unless the key has moved on meanwhile. */
    void raiseMaxLifetime(SigningKey key);

    /** Removes a retired key; answers whether it was there. */
    boolean drop(String kid, AuditEvent event);

    /**
     * Writes private parts anew, all or none.
     *
     * @param before what is stored, by kid
     * @param after what is to be stored instead, for the same kids
     */
    void reseal(Map<String, StoredPrivateKey> before, Map<String, StoredPrivateKey> after, List<AuditEvent> events);

    /** Has no file of the store keep bytes of what was overwritten; false while another process reads old bytes. */
    boolean wipeOverwritten();

    /**
     * One rotation.
     *
     * @param retired what the active key becomes
     * @param keepRetired whether it stays published; otherwise it is dropped at once
     * @param active what the next key becomes, with its private part as it is stored
     * @param next the new next key
     */
    record Rotation(SigningKey retired, boolean keepRetired, StoredKey active, StoredKey next) {}

    /** A signing key and its private part, as they are stored. */
    record StoredKey(SigningKey key, StoredPrivateKey privateKey) {
        /** The same private part, with the key in another state. */
        StoredKey with(SigningKey changed) {
            return new StoredKey(changed, privateKey);
        }
    }

    /**
     * A private key as the store has it: PKCS#8 as base64, or what a master key made of that. Cannot be printed by accident.
     *
     * @param text ASCII
     */
    record StoredPrivateKey(String text) {
        /** How an encrypted one begins; a colon is not in base64. */
        public static final String ENCRYPTED = "enc1:";

        public boolean isEncrypted() {
            return text.startsWith(ENCRYPTED);
        }

        @Override
        public String toString() {
            return "StoredPrivateKey[…]";
        }
    }
}
