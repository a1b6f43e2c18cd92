/** Tokens that the stand-in makes to order: with claims that no grant would give, and wrong in one way or another. */
@NullMarked
package dev.latchkey.dev.tokens;

import org.jspecify.annotations.NullMarked;
