/**
 * The files that a command line names: read within a bound, and written so that only their owner may read them and no
 * part of one stays behind after a failure.
 */
@NullMarked
package dev.latchkey.cli.file;

import org.jspecify.annotations.NullMarked;
