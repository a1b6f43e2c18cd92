/**
 * What the command line has of its process: {@link dev.latchkey.cli.terminal.CliContext} holds the environment, the
 * streams, the clock and the terminal, so that a test runs a command without any of them; {@link
 * dev.latchkey.cli.terminal.TerminalText} makes text of unknown origin fit for a terminal; {@link
 * dev.latchkey.cli.terminal.StderrLogging} is the log; {@link dev.latchkey.cli.terminal.ExitCodes} alone turns a failure
 * into an exit code.
 */
@NullMarked
package dev.latchkey.cli.terminal;

import org.jspecify.annotations.NullMarked;
