/**
 * Floor 4: JSON Web Tokens (RFC 7519). Signing is our own, because it is the path of every token: the header is encoded
 * once, the claims are written straight to bytes. Every signature, of access tokens, client assertions and inspected
 * tokens, is verified by JJWT in one place, {@link dev.latchkey.jose.JwsAlgorithm}, with keys that JJWT makes of JWKs
 * ({@link dev.latchkey.jose.JwkKeys}). What a token says is read by our own strict parser before: of two texts that differ
 * one is no token of ours, which JJWT does not promise (base64url that is not canonical, JSON with a name twice). A start and
 * a token load nothing of JJWT.
 */
@NullMarked
package dev.latchkey.jose;

import org.jspecify.annotations.NullMarked;
