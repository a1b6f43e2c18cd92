/** Floor 4: the certificate and the private key that HTTPS shows, and how they are renewed. */
@NullMarked
package dev.latchkey.crypto.tls;

import org.jspecify.annotations.NullMarked;
