/**
 * Measurements, not tests: {@link dev.latchkey.bench.Bench} starts the packaged jar with stores of its own and prints a
 * table. Machines are noisy, so what counts is the ratio to a yardstick of the same run: what {@code openssl speed}
 * reaches, how a peer starts, what a bare Javalin handler answers. The pieces of a token are measured in {@code
 * src/jmh}.
 */
package dev.latchkey.bench;
