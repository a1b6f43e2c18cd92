/**
 * Floor 5: ties the knots. Here the subjects meet the adapters: {@link dev.latchkey.server.LatchkeyServer} is the running
 * service, {@link dev.latchkey.server.Services} the same subjects on a store without a server, for the command line.
 *
 * <p>What takes long at start is begun first and waited for last: the native signer loads on its own thread, and the
 * password of the first Owner is hashed beside the start of the HTTP server.
 *
 * <p>What a service does unasked is {@link dev.latchkey.server.Housekeeping}: requests only remember, one thread writes.
 */
@NullMarked
package dev.latchkey.server;

import org.jspecify.annotations.NullMarked;
