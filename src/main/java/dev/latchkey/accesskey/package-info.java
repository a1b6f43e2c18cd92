/**
 * Floor 2: access keys, which are OAuth 2.0 clients (RFC 6749 §2) with an id, secrets and a set of scopes: their settings,
 * their life and their use. How a client proves to be one is told in {@link dev.latchkey.client}.
 *
 * <p>The store interfaces live here and are implemented elsewhere. Access keys are not cached: a key that was disabled
 * must stop at once, on every replica, and the keyed select costs a fraction of the signature that follows it.
 *
 * <p>Changes are guarded by a key's revision: who changes a key reads it, works out what it becomes, and writes that if
 * the key is still as it was read, else begins anew. A whole import file is worked out in the same way, so that
 * it happens as one or not at all.
 */
@NullMarked
package dev.latchkey.accesskey;

import org.jspecify.annotations.NullMarked;
