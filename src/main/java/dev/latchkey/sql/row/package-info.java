/**
 * Floor 4: what the statements of every store are made of: their values and rows, columns, conditions, pages, and the audit
 * events that explain a change.
 */
@NullMarked
package dev.latchkey.sql.row;

import org.jspecify.annotations.NullMarked;
