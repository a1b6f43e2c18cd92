/**
 * Floor 2: the keys that sign tokens: which one signs now, and which ones verifiers may find in the JWK Set (RFC
 * 7517). The arithmetic is done elsewhere, behind {@link dev.latchkey.signingkey.KeyPairs}.
 *
 * <p>A key is <i>next</i>, then <i>active</i>, then <i>retired</i>, and published all the while, so that no token is ever
 * seen before its key: {@link dev.latchkey.signingkey.SigningKeyRules} holds the times. The store is the truth; each
 * process draws a {@linkplain dev.latchkey.signingkey.KeyRing snapshot} of it every few seconds and signs from that.
 *
 * <p>There is always a next key, but for the moments of a store's first start in which it is being made: tokens are
 * signed already then, and the JWK Set waits, so that no verifier ever holds one without. Should the process end in
 * between, the next start makes up for it.
 *
 * <p>Private parts stand apart from {@link dev.latchkey.signingkey.SigningKey}, which may therefore be shown to any reader
 * who may see it; they are read where something is to be signed, through a {@link
 * dev.latchkey.signingkey.PrivateKeySeal}, which is where a master key comes in.
 */
@NullMarked
package dev.latchkey.signingkey;

import org.jspecify.annotations.NullMarked;
