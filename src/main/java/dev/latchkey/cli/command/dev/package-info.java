/**
 * The commands that control a running stand-in ({@code serve --dev}): each sends its options as fields of one call.
 */
@NullMarked
package dev.latchkey.cli.command.dev;

import org.jspecify.annotations.NullMarked;
