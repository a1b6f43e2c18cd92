/**
 * How commands call a running service: where it is, which certificates it may show, and one call with a failure that
 * says what to do.
 */
@NullMarked
package dev.latchkey.cli.http;

import org.jspecify.annotations.NullMarked;
