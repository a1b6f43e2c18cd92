/**
 * Floor 0: SHA-256, which secrets and sessions are stored by, key ids are made of, and web pages are named by. Here
 * because all of those need it, and because each token takes one.
 */
@NullMarked
package dev.latchkey.digest;

import org.jspecify.annotations.NullMarked;
