/**
 * Floor 4: HTTP, and the only room that knows Javalin and Jetty. {@link dev.latchkey.http.Routes} is the map: every URL
 * on one page with who may call it. {@link dev.latchkey.http.ErrorHandlers} is the only place where an error becomes a
 * status.
 *
 * <p>What protects the service stands in front of Javalin, as Jetty handlers, in this order: an id for each request;
 * answering forward authentication, of any method and without its body; refusing paths that can be read in two ways;
 * reading the body without holding a thread, so that slow senders cannot take all of them; letting what may wait for the
 * store be worked on in turn, and turning away what there is no room for ({@link dev.latchkey.http.Turns}). The JWK Set,
 * the metadata and the health of the service need no turn. {@link dev.latchkey.http.RequestDeadlines} ends what takes too
 * long, {@link dev.latchkey.http.OpenConnections} bounds how many there are. {@link dev.latchkey.http.JettySetup} holds
 * the numbers.
 */
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
