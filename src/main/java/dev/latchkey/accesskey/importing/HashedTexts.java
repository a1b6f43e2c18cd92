package dev.latchkey.accesskey.importing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Remembers which texts it was given, and a number for each, in 16 to 32 bytes a text: of each it keeps 64 bits of a
 * salted SHA-256. Among a million texts two are taken for one with a probability of 3 in 100 million, and the next time
 * with another salt they are not. Not thread-safe.
 */
final class HashedTexts {
    /** What is answered for a text that was never put. */
    static final int ABSENT = -1;

    private static final int FIRST_CAPACITY = 64;
    private static final int SALT_BYTES = 16;

    private final MessageDigest digest;
    private final byte[] salt = new byte[SALT_BYTES];
    private long[] hashes = new long[FIRST_CAPACITY];
    private int[] numbers = new int[FIRST_CAPACITY];
    private int size;

    HashedTexts(SecureRandom random) {
        random.nextBytes(salt);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has SHA-256", e);
        }
    }

    /** Whether the text is new here. */
    boolean add(String text) {
        return putIfAbsent(text, 0) == ABSENT;
    }

    /** Keeps the number, 0 or more, unless the text has one; answers the one that it had, else {@link #ABSENT}. */
    int putIfAbsent(String text, int number) {
        if (4L * size >= 3L * hashes.length) {
            grow();
        }
        long hash = hash(text);
        int place = place(hash);
        if (hashes[place] == hash) {
            return numbers[place];
        }
        hashes[place] = hash;
        numbers[place] = number;
        size++;
        return ABSENT;
    }

    /** The number of the text. */
    int get(String text) {
        long hash = hash(text);
        int place = place(hash);
        return hashes[place] == hash ? numbers[place] : ABSENT;
    }

    boolean contains(String text) {
        return get(text) != ABSENT;
    }

    /** Never 0, which marks an empty place. */
    private long hash(String text) {
        digest.update(salt);
        long hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return hash == 0 ? 1 : hash;
    }

    /** Where the hash stands, or the empty place where it would. */
    private int place(long hash) {
        int place = (int) hash & (hashes.length - 1);
        while (hashes[place] != 0 && hashes[place] != hash) {
            place = (place + 1) & (hashes.length - 1);
        }
        return place;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        hashes = new long[2 * oldHashes.length];
        numbers = Arrays.copyOf(oldNumbers, hashes.length);
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int place = place(oldHashes[i]);
                hashes[place] = oldHashes[i];
                numbers[place] = oldNumbers[i];
            }
        }
    }
}
