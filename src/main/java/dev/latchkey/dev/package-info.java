/**
 * The stand-in: the service as it is in production, with its clock, its faults and its tokens in the hand of the person
 * who tests against it. It stands above the composition root and adds to it through {@link
 * dev.latchkey.server.ServiceExtension}; production does not know it, and loads none of its classes.
 *
 * <p>Its handlers stand in front of the endpoints, in the order in which {@code DevExtension.front} lists them.
 */
@NullMarked
package dev.latchkey.dev;

import org.jspecify.annotations.NullMarked;
