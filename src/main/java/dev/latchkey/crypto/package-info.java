/**
 * Floor 4: the cryptographic providers, and the only room that knows which one works.
 *
 * <p>Signing is the one real cost of a token, and AWS-LC (the Corretto provider) signs about four times as fast as the
 * JDK, provided that the key object is its own. Loading it takes as much work as the rest of a start, so it loads in
 * the background after the first token, and takes over when it is ready ({@link
 * dev.latchkey.crypto.SwitchingSigner}); until then, and where it does not load at all, the JDK signs. Only making an
 * RSA key waits for it. No provider is installed in the JVM's global list: an embedding program keeps its own.
 */
@NullMarked
package dev.latchkey.crypto;

import org.jspecify.annotations.NullMarked;
