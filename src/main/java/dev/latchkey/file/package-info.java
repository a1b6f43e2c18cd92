/**
 * Floor 0: what a file that holds secrets must be like, and how one is made. Here because the store and the files of
 * keys are judged alike, and their two rooms do not know each other.
 */
@NullMarked
package dev.latchkey.file;

import org.jspecify.annotations.NullMarked;
