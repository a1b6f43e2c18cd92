/**
 * For tests of programs that get or verify tokens: {@link dev.latchkey.testing.LatchkeyExtension} runs a stand-in for an
 * identity provider beside JUnit tests, with its clock, its faults and its tokens in the test's hand.
 *
 * <p>Public API, with everything nested in its four types. JUnit's API is the test's own, 5.10 or later; Spring is needed by
 * {@code LatchkeyExtension.register} alone. Kept for the life of the JVM is nothing but the signing keys that all of its
 * servers start with ({@code StartingKeys}): making them takes longer than everything else of a start.
 */
@NullMarked
package dev.latchkey.testing;

import org.jspecify.annotations.NullMarked;
