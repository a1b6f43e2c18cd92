/**
 * The public API for programs that a service runs inside: {@link dev.latchkey.Latchkey}, {@link dev.latchkey.Store} and {@link
 * dev.latchkey.LatchkeyException}, with the types nested in them, so that they are found at one place and nothing else of the
 * project is taken for API. That makes {@code Latchkey} longer than other files: it is signatures and their documentation.
 * The classes beside them, which other packages do not see, map it to the service that {@link dev.latchkey.server} starts. {@code Main} is the program.
 */
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
