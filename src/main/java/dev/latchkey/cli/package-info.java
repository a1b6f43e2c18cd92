/**
 * Floor 7: the command line. {@link dev.latchkey.cli.Cli} finds the command that the first words name, reads its
 * options and runs it; {@link dev.latchkey.cli.Commands} lists them all, each of them one small class that declares
 * what it takes and does one thing. {@link dev.latchkey.cli.ExitCodes} alone turns a failure into an exit code.
 *
 * <p>Starting matters more than anything else here: {@code serve} is what containers wait for and {@code health} is
 * what they ask every few seconds. Loading picocli costs more than either, so words in their plain form ({@code --name
 * value}) are read without it ({@link dev.latchkey.cli.PlainReading}), and picocli has its say on all other forms, on
 * what is wrong with them and on help ({@link dev.latchkey.cli.PicocliReading}). A test holds the two together.
 */
@NullMarked
package dev.latchkey.cli;

import org.jspecify.annotations.NullMarked;
