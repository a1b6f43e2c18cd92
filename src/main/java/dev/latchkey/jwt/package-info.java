/**
 * Floor 4: JSON Web Tokens (RFC 7519). Signing and verifying access tokens is our own, because it is the path of every
 * request: the header is encoded and understood once, the claims are written straight to bytes. So are the assertions of
 * clients, whose three algorithms leave nothing to choose. Inspecting other people's tokens is left to JJWT, which this
 * room alone knows.
 */
@NullMarked
package dev.latchkey.jwt;

import org.jspecify.annotations.NullMarked;
