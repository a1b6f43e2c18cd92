/**
 * Floor 0: what the lines of the log have in common. A line is an SLF4J event with a {@link dev.latchkey.log.LogEvent} and,
 * where they apply, {@link dev.latchkey.log.LogField}s; which form it takes is for the log's own provider to say, so that
 * an embedding program sees the same fields in its own log.
 */
@NullMarked
package dev.latchkey.log;

import org.jspecify.annotations.NullMarked;
