/**
 * Floor 4: which database there is and how it is talked to: connections and pools, transactions, the dialects, the schema's
 * versions, what failures mean. {@link dev.latchkey.sql.database.Database} is the way in; the stores in {@link
 * dev.latchkey.sql} hold the statements.
 *
 * <p>A failure is told by its code: {@link dev.latchkey.sql.database.Diagnosis} says what it means and what to do; the
 * driver's own words are quoted and never read. While a service runs, many failures are one outage ({@link
 * dev.latchkey.sql.database.OutageMonitor}): one line when it begins and one when it ends.
 */
@NullMarked
package dev.latchkey.sql.database;

import org.jspecify.annotations.NullMarked;
