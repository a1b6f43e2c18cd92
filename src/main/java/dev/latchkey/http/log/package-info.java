/**
 * Inside the HTTP adapter, below everything else: a request as the lines of the log tell of it, and how many lines
 * strangers can cause.
 */
@NullMarked
package dev.latchkey.http.log;

import org.jspecify.annotations.NullMarked;
