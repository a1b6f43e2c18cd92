/** The commands on trusted issuers, whose workload tokens keys may prove themselves by. */
@NullMarked
package dev.latchkey.cli.command.issuers;

import org.jspecify.annotations.NullMarked;
