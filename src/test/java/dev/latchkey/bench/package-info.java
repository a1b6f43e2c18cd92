/**
 * Measurements, not tests: {@link dev.latchkey.bench.Bench} starts the packaged jar with a store of its own and prints a
 * table. Machines are noisy, so what counts is the ratio to what {@code openssl speed} reaches in the same run.
 */
package dev.latchkey.bench;
