/**
 * Floor 3: who may have a token. {@link dev.latchkey.token.issuing.TokenIssuer} tells the story of a token request (RFC 6749
 * §4.4) from top to bottom. Another {@link dev.latchkey.token.issuing.Grant} is one class more, which the composition root
 * gives to the issuer; metadata lists it then.
 */
@NullMarked
package dev.latchkey.token.issuing;

import org.jspecify.annotations.NullMarked;
