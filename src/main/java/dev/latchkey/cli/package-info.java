/**
 * Floor 7: the command line. {@link dev.latchkey.cli.Cli} finds the command that the first words name, reads its
 * options and runs it; {@link dev.latchkey.cli.Commands} lists them all, each of them one small class that declares
 * what it takes and does one thing. {@link dev.latchkey.cli.ExitCodes} alone turns a failure into an exit code.
 *
 * <p>{@link dev.latchkey.cli.Syntax} is picocli's model of one command, and picocli is the one parser: the archive of
 * classes holds it, so that {@code serve} and {@code health}, whose start is waited for, need not load it from the jar.
 * A shell completes words by asking {@link dev.latchkey.cli.Completer}, which reads the same model.
 */
@NullMarked
package dev.latchkey.cli;

import org.jspecify.annotations.NullMarked;
