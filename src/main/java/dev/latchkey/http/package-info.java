/**
 * The HTTP adapter. {@link dev.latchkey.http.Routes} is the map: every URL on one page with who may call it.
 */
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
