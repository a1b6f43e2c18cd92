/**
 * Floor 2: what is to be said of all access keys together: how many there are, which expire soon, and which still have the
 * secret of before a rotation.
 */
@NullMarked
package dev.latchkey.accesskey.statistics;

import org.jspecify.annotations.NullMarked;
