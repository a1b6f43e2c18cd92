/** What the endpoints below {@code /dev} have in common: a request, a route, and how fields are read. */
@NullMarked
package dev.latchkey.dev.endpoint;

import org.jspecify.annotations.NullMarked;
