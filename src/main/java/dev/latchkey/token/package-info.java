/**
 * Floor 3: what a token says and who may have one. {@link dev.latchkey.token.TokenIssuer} tells the story of a token
 * from top to bottom, {@link dev.latchkey.token.AccessTokens} how long it counts; signing, verifying and storing are
 * behind interfaces.
 */
@NullMarked
package dev.latchkey.token;

import org.jspecify.annotations.NullMarked;
