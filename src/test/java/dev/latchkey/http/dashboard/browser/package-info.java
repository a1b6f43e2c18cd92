/** A real browser and the dashboard in it, as its tests use them: by what a person sees, presses and types. */
@NullMarked
package dev.latchkey.http.dashboard.browser;

import org.jspecify.annotations.NullMarked;
