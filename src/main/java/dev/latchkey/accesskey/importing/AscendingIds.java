package dev.latchkey.accesskey.importing;

import dev.latchkey.accesskey.AccessKeyIds;
import java.security.SecureRandom;

/**
 * The ids of an import's new keys: as random as any others, but one after the other in their order. A store keeps several
 * indexes by id, and a million ids in no order would each touch pages that no longer are in memory. Each id is the least of
 * those that are left to draw, so that none is kept (the order statistics of uniform numbers). Not thread-safe.
 */
final class AscendingIds {
    private final SecureRandom random;
    private long left;
    private double reached;

    /** @param count how many ids are asked for */
    AscendingIds(SecureRandom random, long count) {
        this.random = random;
        this.left = count;
    }

    String next() {
        double step = 1 - Math.pow(1 - random.nextDouble(), 1.0 / Math.max(1, left));
        left--;
        reached += (1 - reached) * step;
        return AccessKeyIds.generate(Math.min(reached, Math.nextDown(1.0)), random);
    }
}
