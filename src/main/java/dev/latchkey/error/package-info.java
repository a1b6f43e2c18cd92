/**
 * Floor 0: what can go wrong. Every failure that a caller can cause or must be told of is a {@link
 * dev.latchkey.error.ServiceException} of one {@link dev.latchkey.error.ErrorKind}; the edges (HTTP, command line)
 * each turn the kind into their own code in one place. A failure of any other type is a defect of ours.
 */
@NullMarked
package dev.latchkey.error;

import org.jspecify.annotations.NullMarked;
