/**
 * Floor 1: who acts, in which role, and what that role may do. Authentication happens at the edge, which makes
 * an {@link dev.latchkey.permission.Actor}; every service asks that actor in its first line, so that the command line,
 * the API and the dashboard cannot differ.
 */
@NullMarked
package dev.latchkey.permission;

import org.jspecify.annotations.NullMarked;
