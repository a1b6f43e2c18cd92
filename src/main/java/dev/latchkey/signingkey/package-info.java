/**
 * Floor 2: the RSA keys that sign tokens: which one signs now, and which ones verifiers may find in the JWK Set (RFC
 * 7517). The arithmetic is done elsewhere, behind {@link dev.latchkey.signingkey.RsaKeys}.
 */
@NullMarked
package dev.latchkey.signingkey;

import org.jspecify.annotations.NullMarked;
