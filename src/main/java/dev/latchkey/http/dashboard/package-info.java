/**
 * The dashboard: the few files that a browser needs to manage keys through {@code /api}. No rule lives here and none in
 * the page; what the page does, the API decides.
 *
 * <p>The files are a fixed list, read once and answered from memory. All but the page itself lie below a path that
 * changes with their content, so a browser may keep them for good and never mixes two versions.
 */
@NullMarked
package dev.latchkey.http.dashboard;

import org.jspecify.annotations.NullMarked;
