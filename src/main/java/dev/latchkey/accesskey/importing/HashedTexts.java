package dev.latchkey.accesskey.importing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Remembers which texts it was given, in 10 to 14 bytes a text: of each it keeps 64 bits of a salted SHA-256. Among a
 * million texts two are taken for one with a probability of 3 in 100 million, and the next time with another salt they are
 * not. Its parts grow one at a time, so that no large array is copied. Not thread-safe.
 */
final class HashedTexts {
    private static final int PARTS = 256;
    private static final int FIRST_CAPACITY = 8;
    private static final int SALT_BYTES = 16;

    private final MessageDigest digest;
    private final byte[] salt = new byte[SALT_BYTES];
    private final long[][] parts = new long[PARTS][];
    private final int[] sizes = new int[PARTS];

    HashedTexts(SecureRandom random) {
        random.nextBytes(salt);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has SHA-256", e);
        }
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new long[FIRST_CAPACITY];
        }
    }

    /** Whether the text is new here. */
    boolean add(String text) {
        long hash = hash(text);
        int part = part(hash);
        if (5L * sizes[part] >= 4L * parts[part].length) {
            parts[part] = grown(parts[part]);
        }
        long[] hashes = parts[part];
        int place = place(hashes, hash);
        if (hashes[place] == hash) {
            return false;
        }
        hashes[place] = hash;
        sizes[part]++;
        return true;
    }

    boolean contains(String text) {
        long hash = hash(text);
        long[] hashes = parts[part(hash)];
        return hashes[place(hashes, hash)] == hash;
    }

    /** Never 0, which marks an empty place. */
    private long hash(String text) {
        digest.update(salt);
        long hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return hash == 0 ? 1 : hash;
    }

    private static int part(long hash) {
        return (int) hash & (PARTS - 1);
    }

    /** Where the hash stands, or the empty place where it would. */
    private static int place(long[] hashes, long hash) {
        int place = (int) ((hash >>> 8) % hashes.length);
        while (hashes[place] != 0 && hashes[place] != hash) {
            place = place + 1 == hashes.length ? 0 : place + 1;
        }
        return place;
    }

    private static long[] grown(long[] old) {
        long[] fresh = new long[old.length + old.length / 4];
        for (long hash : old) {
            if (hash != 0) {
                fresh[place(fresh, hash)] = hash;
            }
        }
        return fresh;
    }
}
