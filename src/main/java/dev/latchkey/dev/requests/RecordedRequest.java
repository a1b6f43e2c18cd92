package dev.latchkey.dev.requests;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that the stand-in was asked, as {@code /dev/requests} tells it. Holds no secret, assertion or token.
 *
 * @param at by the stand-in's clock
 * @param on the kind of endpoint
 * @param path without its query
 * @param status of the answer; null = none was given
 * @param reason why it was refused
 * @param advice what the client did wrong
 */
public record RecordedRequest(
        Instant at,
        String on,
        String method,
        String path,
        @Nullable Integer status,
        @Nullable String keyId,
        @Nullable String scope,
        @Nullable String reason,
        @Nullable String advice) {}
