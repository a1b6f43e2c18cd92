/**
 * The command line: {@link dev.latchkey.cli.Cli} finds the command that the first words name in the table that it is
 * given, reads the command's options, runs it, and tells of a failure in one line. A {@link dev.latchkey.cli.Command}
 * declares what it takes and does one thing; the commands themselves stand in a package above, so that this one knows none
 * of them.
 *
 * <p>{@link dev.latchkey.cli.Syntax} is picocli's model of one command, and picocli is the one parser: the archive of
 * classes holds it, so that {@code serve} and {@code health}, whose start is waited for, need not load it from the jar.
 * A shell completes words by asking {@link dev.latchkey.cli.Completer}, which reads the same model.
 */
@NullMarked
package dev.latchkey.cli;

import org.jspecify.annotations.NullMarked;
