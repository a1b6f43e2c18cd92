/**
 * Floor 4: HTTP, and the only room that knows Javalin and Jetty. {@link dev.latchkey.http.Routes} is the map: every URL
 * on one page with who may call it. {@link dev.latchkey.http.ErrorAnswers} is the only place where an error becomes a
 * status.
 *
 * <p><b>Tokens do not go through Javalin.</b> What is asked most, the forms of OAuth and forward authentication, is
 * answered by Jetty handlers in front of it, by the thread that read the request from its connection ({@link
 * dev.latchkey.http.FormDoor}, {@link dev.latchkey.http.ForwardAuthHandler}). There is one such thread for each
 * processor ({@link dev.latchkey.http.Door}), so no more sign at a time than can, nothing is handed over, and each
 * connection has its turn ({@link dev.latchkey.http.OneRead}). These threads must never wait: they answer only what
 * reads a store that answers promptly, which a SQLite file does in WAL mode, whoever writes meanwhile. Everything else
 * changes to a thread of the pool ({@link dev.latchkey.http.ThreadChange}, {@link dev.latchkey.http.TurnHandler}).
 *
 * <p>A token costs the processor some 1.2 times its RSA-2048 signature; it was 1.7 times when each request was handed to
 * a pool and went through Javalin. A profile at 16 connections, where a processor signs 3,500 times a second, found of
 * 100 parts of both processors' time: the signature 85, the kernel 5, compiled Java 4 (half of it Jetty), the client 3,
 * the JVM 1 (compiling, crossings to native code, collecting), the C library 1. System calls for a token: one read, one
 * write, one look at the store's file, which is 1 of the 100. The two threads never wait for each other. Where many ask
 * at a time, some answers go out together ({@link dev.latchkey.http.Burst}): 6 more tokens in 100, and the slowest of 100
 * answers sooner. A server that only reads, signs and writes, together as here, issues 6 in 100 more: that is all there
 * is left to gain.
 *
 * <p>What protects the service stands in front, in this order: an id for each request; refusing paths that can be read
 * in two ways; reading the body without holding a thread, so that slow senders cannot take all of them; letting what
 * may wait for the store be worked on in turn, and turning away what there is no room for ({@link
 * dev.latchkey.http.Turns}). The JWK Set, the metadata and the health of the service need no turn. {@link
 * dev.latchkey.http.RequestDeadlines} ends what takes too long, {@link dev.latchkey.http.OpenConnections} bounds how
 * many there are. {@link dev.latchkey.http.JettySetup} holds the numbers.
 */
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
