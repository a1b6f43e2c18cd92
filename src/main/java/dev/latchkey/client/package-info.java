/**
 * Floor 2: how a client proves that it is an access key (RFC 6749 §2.3): by its secret or by an assertion that its private key
 * signed (RFC 7523), or by a token that a trusted issuer gave it. {@link dev.latchkey.client.ClientAuthenticator} does the same work whether the key exists or not, and
 * tells the true reason of a refusal to the log alone.
 */
@NullMarked
package dev.latchkey.client;

import org.jspecify.annotations.NullMarked;
