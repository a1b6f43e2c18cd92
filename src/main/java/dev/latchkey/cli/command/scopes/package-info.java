/** The commands on the catalogue of scopes. */
@NullMarked
package dev.latchkey.cli.command.scopes;

import org.jspecify.annotations.NullMarked;
