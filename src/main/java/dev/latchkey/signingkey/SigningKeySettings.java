package dev.latchkey.signingkey;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is the operator's to say about signing keys.
 *
 * @param algorithm what new keys are for; null = what the store's newest key is for, RS256 in a new store
 * @param keySize bits of a new RSA key: 2048, 3072 or 4096
 * @param defaultLifetime how long tokens live that this process signs for keys that name no lifetime; zero = it signs none
 * @param rotateEvery how old the active key becomes before it is rotated unasked; null = never
 */
public record SigningKeySettings(
        @Nullable SigningAlgorithm algorithm,
        int keySize,
        Duration defaultLifetime,
        @Nullable Duration rotateEvery) {}
