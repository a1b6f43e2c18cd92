/**
 * Floor 0: JSON as plain Java values, and the only room that knows Jackson.
 *
 * <p>It stands below everything because JSON is not only an HTTP matter here: the store keeps claims and audiences as
 * JSON, tokens are JSON, import files and {@code --json} output are JSON. Jackson's streaming core alone does it; its
 * data binding would cost start-up time for reflection that nobody needs.
 */
@NullMarked
package dev.latchkey.json;

import org.jspecify.annotations.NullMarked;
