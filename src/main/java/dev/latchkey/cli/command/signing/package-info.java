/** The commands on signing keys, and how they come to the master key. */
@NullMarked
package dev.latchkey.cli.command.signing;

import org.jspecify.annotations.NullMarked;
