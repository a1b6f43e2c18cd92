/**
 * Floor 4: what the service itself asks others by HTTP: the JWK Sets of trusted issuers. {@link
 * dev.latchkey.http.client.JwksClient} judges each address when it connects to it, follows no redirect and reads little.
 */
@NullMarked
package dev.latchkey.http.client;

import org.jspecify.annotations.NullMarked;
