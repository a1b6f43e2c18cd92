/**
 * How commands print results: tables as wide as the terminal, fields below one another, JSON, and lists that are read a
 * page at a time, so that a million rows need no more memory than a hundred.
 */
@NullMarked
package dev.latchkey.cli.output;

import org.jspecify.annotations.NullMarked;
