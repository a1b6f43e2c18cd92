package dev.latchkey.token;

import java.time.Duration;

/**
 * What holds for every token of this service.
 *
 * @param issuer {@code iss}
 * @param defaultAudience {@code aud} for keys that name none
 * @param defaultLifetime for keys that name none; whole seconds, 60 s to 24 h
 */
public record TokenSettings(String issuer, String defaultAudience, Duration defaultLifetime) {}
