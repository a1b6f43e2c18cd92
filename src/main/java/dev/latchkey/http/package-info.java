/**
 * The HTTP adapter. {@link dev.latchkey.http.Routes} is the map: every URL on one page with who may call it; {@link
 * dev.latchkey.http.exchange.ErrorAnswers} is the one place where an error becomes an answer. Jetty is known to {@code
 * http.connection} and {@code http.server} alone.
 *
 * <p><b>Three ways to an answer.</b> The forms of OAuth and forward authentication are answered before Javalin, by the
 * thread that read the request ({@link dev.latchkey.http.server.FormEndpointHandler}): there is one such thread for each
 * processor, so that no more sign at a time than can, and nothing is handed over. These threads must never wait: they
 * answer only what reads a store that answers promptly, as a SQLite file in WAL mode does. Documents, the JWK Set and the
 * metadata among them, are answered from memory by a thread of the pool. The management API goes through Javalin.
 *
 * <p><b>Where the time goes.</b> Of some 310 µs that a token takes of a processor (2026-11-30, AWS-LC, RSA-2048, 16
 * connections), the signature is 260. Reading the key's row is 8 to 11, the kernel 16 to 20 by its sockets and locks, Jetty
 * and the rest of Java some 20. Answers that are ready at the same time are written together ({@link
 * dev.latchkey.http.connection.LimitedConnector}): each wake-up of a client on the same machine costs both sides 25.
 *
 * <p><b>What bounds the work.</b> What may wait for the store needs one of sixteen places or stands in a bounded queue;
 * beyond it 503 with {@code Retry-After} is answered at once ({@link dev.latchkey.http.server.AdmissionControl}). A place
 * is given back before the answer is written, and no thread waits for a client that does not send or does not read.
 *
 * <p><b>What bounds the memory.</b> The number of connections, in all and from one address, times what one may hold; the
 * figures stand in {@code JettyServer}. A request has at most 100 header fields and 16 KiB of header, a form 16 KiB, a
 * sign-in 4 KiB; bodies of known callers have 1 MiB, few of them at a time; large headers and unread answers have budgets
 * that all connections share. A request must have come whole, and its answer be read, within 30 s.
 */
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
