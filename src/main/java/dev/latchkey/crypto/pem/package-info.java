/**
 * Floor 3: private keys and certificates in files, read as they come: the errors name the file, and never what is in it.
 * Below {@link dev.latchkey.crypto}, which makes keys of them.
 */
@NullMarked
package dev.latchkey.crypto.pem;

import org.jspecify.annotations.NullMarked;
