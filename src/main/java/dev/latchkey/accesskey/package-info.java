/**
 * Floor 2: access keys, which are OAuth 2.0 clients (RFC 6749 §2) with an id, secrets and a set of scopes; the
 * catalogue of scopes that they may be given; and how a client proves to be one ({@link
 * dev.latchkey.accesskey.ClientAuthenticator}).
 *
 * <p>The store interfaces live here and are implemented elsewhere. Access keys are not cached: a key that was disabled
 * must stop at once, on every replica, and the keyed select costs a fraction of the signature that follows it.
 */
@NullMarked
package dev.latchkey.accesskey;

import org.jspecify.annotations.NullMarked;
