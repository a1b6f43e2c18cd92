package dev.latchkey.accesskey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a key got a token.
 *
 * @param keyId the key
 * @param secret the secret that it proved itself by; null = it used a signed assertion
 * @param at the latest time, cut to seconds
 */
public record AccessKeyUse(String keyId, @Nullable SecretHash secret, Instant at) {}
