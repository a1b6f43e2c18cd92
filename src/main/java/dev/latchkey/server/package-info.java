/**
 * Floor 5: ties the knots. Here the subjects meet the adapters: {@link dev.latchkey.server.LatchkeyServer} is the running
 * service, {@link dev.latchkey.server.Services} the same subjects on a store without a server, for the command line.
 *
 * <p>What the first token does not need comes after it: the native signer is loaded when a first token is signed, or half
 * a second after the start; Javalin is made at the first request that needs it, or a second after the start; the files of
 * the dashboard are read when the first request asks for one, the connection that writes is opened by the first change, and what
 * is over is dropped seconds later. Where a store is new, its first key is made while the HTTP side is put together; the
 * next one is made, and the password of the first Owner hashed, when tokens are issued already, and after those who
 * connected early have theirs. A start is short of processors, not of waiting: of what comes after the first token, each
 * piece would delay it by about as long as it takes, on whatever thread. Of some 260 ms until a service
 * answers on JDK 17, the JVM itself takes 60, the command line 30, the store 30, the signing keys 10, and Jetty 120.
 *
 * <p>What a service does unasked is {@link dev.latchkey.server.Housekeeping}: requests only remember, one thread writes.
 */
@NullMarked
package dev.latchkey.server;

import org.jspecify.annotations.NullMarked;
