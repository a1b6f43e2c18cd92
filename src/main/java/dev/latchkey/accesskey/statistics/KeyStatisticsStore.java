package dev.latchkey.accesskey.statistics;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.time.Instant;

/** Tells of all stored access keys together. Thread-safe. */
@FunctionalInterface
public interface KeyStatisticsStore {
    /**
     * Counts the keys by indexes, without reading each.
     *
     * @param expiringBefore which of them count as expiring soon
     * @param most how many keys and secrets are named, of each kind
     * @throws ServiceException of kind {@link ErrorKind#UNAVAILABLE} when the store cannot be read, or takes too long
     */
    KeyStatistics at(Instant now, Instant expiringBefore, int most);
}
