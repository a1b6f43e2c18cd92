package dev.latchkey.bench;

/**
 * What a run of requests came to.
 *
 * @param perSecond good answers a second
 * @param p50Millis the median of the latencies
 * @param p99Millis the latency that one in a hundred exceeds
 * @param failures answers other than 2xx, and connections that broke
 */
record Load(double perSecond, double p50Millis, double p99Millis, long failures) {}
