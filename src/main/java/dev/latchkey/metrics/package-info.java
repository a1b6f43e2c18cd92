/**
 * Floor 4: hides the Prometheus client. {@link dev.latchkey.metrics.Metrics} counts what the listeners of tokens, HTTP and
 * the store are told, and answers a scrape. A service without {@code --metrics} loads nothing of this package.
 *
 * <p>Every label has a fixed set of values, or one that only those who manage keys can enlarge: a route is its pattern,
 * and keys have series of their own only while they expire soon or have two secrets, so many at most.
 */
@NullMarked
package dev.latchkey.metrics;

import org.jspecify.annotations.NullMarked;
