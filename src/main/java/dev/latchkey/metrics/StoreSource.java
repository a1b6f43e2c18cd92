package dev.latchkey.metrics;

import dev.latchkey.accesskey.statistics.KeyStatisticsStore;
import dev.latchkey.signingkey.SigningKey;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What is asked about a store. None of it need answer soon.
 *
 * @param readable whether it can be read now
 * @param keys tells of the access keys
 * @param signingKeys all signing keys
 * @param clock what time it is
 */
public record StoreSource(
        BooleanSupplier readable, KeyStatisticsStore keys, Supplier<List<SigningKey>> signingKeys, Clock clock) {}
