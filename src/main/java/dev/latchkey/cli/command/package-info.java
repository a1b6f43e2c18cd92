/**
 * The commands: {@link dev.latchkey.cli.command.Commands} is the table of all. A command declares its options and does its
 * one thing through {@link dev.latchkey.server.Services} or a call to a running service. Short commands on one kind of
 * thing stand together in a class, those on access keys in the package below.
 */
@NullMarked
package dev.latchkey.cli.command;

import org.jspecify.annotations.NullMarked;
