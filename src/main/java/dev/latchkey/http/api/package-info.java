/**
 * The management API: {@code /api}, JSON in and out. {@link dev.latchkey.http.api.ManagementAuthenticator} finds
 * out who calls and refuses those whose role is too low; the endpoints read strictly and hand on; what is allowed and what is right is decided by
 * the subjects below, which ask the same actor again, so that the command line cannot differ.
 *
 * <p>A browser sends the session cookie by itself, so a call by cookie also has to show that a page of this service made
 * it. A browser sends no token by itself, so that one needs to show nothing else.
 */
@NullMarked
package dev.latchkey.http.api;

import org.jspecify.annotations.NullMarked;
