/**
 * Jetty: the way of a request from the socket to the endpoint that answers it. See {@link dev.latchkey.http}.
 */
@NullMarked
package dev.latchkey.http.server;

import org.jspecify.annotations.NullMarked;
