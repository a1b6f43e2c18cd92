/**
 * The dashboard: the few files that a browser needs to manage keys through {@code /api}. No rule lives here and none in
 * the page; what the page does, the API decides.
 *
 * <p>The files are those that the page and its modules name, read once and answered from memory. All but the page itself
 * lie below a path that changes with their content, so a browser may keep them for good and never mixes two versions.
 *
 * <p>The views are built with Preact. Its two modules and its licence lie in {@code preact/} as npm has them, since Maven
 * Central ends at a version with a hole (CVE-2026-22028). To renew them: {@code npm pack preact@VERSION}, then take
 * {@code dist/preact.mjs}, {@code hooks/dist/hooks.mjs} and {@code LICENSE}, and name the version in
 * {@code preact/package.json}, which is what scanners read.
 */
@NullMarked
package dev.latchkey.http.dashboard;

import org.jspecify.annotations.NullMarked;
