/**
 * Floor 4: JSON Web Tokens (RFC 7519). Signing is our own, because it is the path of every token: the header is encoded
 * once, the claims are written straight to bytes. Reading other people's tokens is left to JJWT, which this room alone
 * knows.
 */
@NullMarked
package dev.latchkey.jwt;

import org.jspecify.annotations.NullMarked;
