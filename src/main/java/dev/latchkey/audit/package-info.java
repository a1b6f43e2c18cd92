/**
 * Floor 1: what was done, by whom, to what. A change and its {@link dev.latchkey.audit.AuditEvent} are one transaction:
 * every writing method of a store takes the event that explains it, so that no change can be made without a trace.
 */
@NullMarked
package dev.latchkey.audit;

import org.jspecify.annotations.NullMarked;
