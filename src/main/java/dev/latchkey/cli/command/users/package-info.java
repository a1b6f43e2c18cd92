/** The commands on the users of the management page, and how a password is read without being shown. */
@NullMarked
package dev.latchkey.cli.command.users;

import org.jspecify.annotations.NullMarked;
