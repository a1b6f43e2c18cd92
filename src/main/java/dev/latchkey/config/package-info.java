/**
 * Floor 4: what an operator may set for the service, where each setting may stand (a flag, else an environment
 * variable, else a default) and which values are refused. Knows no library.
 */
@NullMarked
package dev.latchkey.config;

import org.jspecify.annotations.NullMarked;
