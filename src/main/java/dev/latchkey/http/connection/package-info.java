/**
 * Jetty's connections: who may have one, what the header of a request may hold, how long a request may take, TLS. Knows
 * nothing of what is answered. {@link dev.latchkey.http.connection.Http1Connection} is the one class that uses a part of
 * Jetty that is not its public interface.
 */
@NullMarked
package dev.latchkey.http.connection;

import org.jspecify.annotations.NullMarked;
