package dev.latchkey.harness;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random but repeatable texts for property tests: the seed is fixed, so a failure comes back at the next run. */
public final class RandomText {
    private static final long SEED = 20_260_704L;

    private RandomText() {}

    /** {@code count} texts of 0 to {@code maxLength} characters, each out of {@code alphabet}. */
    public static Stream<String> of(String alphabet, int maxLength, int count) {
        Random random = new Random(SEED);
        int[] characters = alphabet.codePoints().toArray();
        return IntStream.range(0, count).mapToObj(i -> {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(maxLength + 1);
            for (int j = 0; j < length; j++) {
                text.appendCodePoint(characters[random.nextInt(characters.length)]);
            }
            return text.toString();
        });
    }
}
