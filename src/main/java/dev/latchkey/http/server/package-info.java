/**
 * Jetty's handlers: the way of a request from its connection to the endpoint that answers it, and how much of everything
 * there may be at a time. {@link dev.latchkey.http.server.JettyServer} puts them together in this order: an id for each
 * request; forms; forward authentication; refusing paths that can be read in two ways; documents; admission; Javalin.
 */
@NullMarked
package dev.latchkey.http.server;

import org.jspecify.annotations.NullMarked;
