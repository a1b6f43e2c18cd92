/**
 * The commands on access keys. {@link dev.latchkey.cli.command.keys.KeyOptions} reads the options that say how a key
 * shall be into the fields of the API; {@link dev.latchkey.cli.command.keys.SecretOutput} is the one place that prints a
 * secret.
 */
@NullMarked
package dev.latchkey.cli.command.keys;

import org.jspecify.annotations.NullMarked;
