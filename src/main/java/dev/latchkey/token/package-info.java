/**
 * Floor 3: what a token says and who may have one. {@link dev.latchkey.token.TokenIssuer} tells the story of a token
 * from top to bottom, {@link dev.latchkey.token.AccessTokens} how long it counts; signing, verifying and storing are
 * behind interfaces. Another {@link dev.latchkey.token.Grant} is one class more, which the composition root gives to the
 * issuer; metadata lists it then. {@link dev.latchkey.token.TokenListener} is for those who count.
 */
@NullMarked
package dev.latchkey.token;

import org.jspecify.annotations.NullMarked;
