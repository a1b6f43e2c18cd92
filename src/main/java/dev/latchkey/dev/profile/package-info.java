@NullMarked
package dev.latchkey.dev.profile;

import org.jspecify.annotations.NullMarked;
