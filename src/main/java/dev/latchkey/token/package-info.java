/**
 * Floor 3: what a token says and how long it counts. {@link dev.latchkey.token.AccessTokens} judges tokens, for
 * introspection (RFC 7662), revocation (RFC 7009) and resource servers (RFC 6750); signing, verifying and storing are behind
 * interfaces. Who may have one is decided above, in {@code token.issuing}. {@link dev.latchkey.token.TokenListener} is for
 * those who count.
 */
@NullMarked
package dev.latchkey.token;

import org.jspecify.annotations.NullMarked;
