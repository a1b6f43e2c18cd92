/** Floor 2: the people who may sign in, and how their passwords are kept. */
@NullMarked
package dev.latchkey.user;

import org.jspecify.annotations.NullMarked;
