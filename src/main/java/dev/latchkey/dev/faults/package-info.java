/** How a stand-in fails when it is asked to: answers, delays, and connections that end. */
@NullMarked
package dev.latchkey.dev.faults;

import org.jspecify.annotations.NullMarked;
