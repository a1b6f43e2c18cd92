package dev.latchkey.config;

import org.jspecify.annotations.Nullable;

/**
 * Where {@code /metrics} is served.
 *
 * @param port a port of its own, 0 = any free one; null = the port of everything else
 */
public record MetricsSettings(@Nullable Integer port) {}
