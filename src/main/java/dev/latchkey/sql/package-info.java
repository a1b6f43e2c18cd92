/**
 * Floor 4: the store, and the only room that knows JDBC. It hides which database there is, its dialect, its pools, its
 * transactions and its error codes; what comes out are the store interfaces of the subjects below and {@link
 * dev.latchkey.error.LatchkeyException}s without a word of SQL in them.
 *
 * <p><b>SQLite has two pools.</b> It lets many read and one write at a time, so there are several connections that
 * cannot write ({@code query_only}) and one that writes. Writers of this process queue for that one connection instead
 * of fighting over the file's lock; against other processes the lock is asked for when a transaction begins ({@code
 * BEGIN IMMEDIATE}), never half-way through one, where waiting would be useless. In WAL mode readers and the writer do
 * not wait for each other. {@code synchronous=FULL} makes each commit reach the disk before it returns: a secret that
 * was shown belongs to a key that outlives a power cut. PostgreSQL has one pool, because its readers and writers are
 * alike; a store in memory has one connection, because it is that connection.
 *
 * <p><b>No key is remembered longer than the store is unchanged.</b> A connection that reads a SQLite file keeps what
 * every token asks for until another connection commits, which SQLite tells exactly ({@link
 * dev.latchkey.sql.Reader}); a key that is disabled stops at the very next token, whichever process did it. Reading a
 * key anew each time costs between 5 and 10 % of a token, and so does asking SQLite whether something was committed: it
 * takes two file locks, under a mutex that the signing threads fight for. So the program looks where SQLite looks, into
 * the shared memory beside the file ({@link dev.latchkey.sql.WalIndex}), and asks SQLite only where it cannot. From
 * PostgreSQL every key is read each time.
 *
 * <p><b>The schema is a ledger.</b> {@code keys.sql} holds numbered versions, and the store remembers the last one that
 * was applied to it. Opening compares the two numbers with one small select; what is missing is applied in one
 * transaction, by one process at a time. A store that is newer than the program is refused, and so is a SQLite file that
 * belongs to something else; both stay untouched.
 *
 * <p>Every change and the audit event that explains it are one transaction. Transactions that change several rows take
 * them in one order everywhere (scopes by name, keys by id, a key before its secrets and scopes), so that none waits for
 * another in a circle; what must be decided about all rows of a table at once (the last Owner, a name that must be free)
 * holds the lock of the whole store meanwhile.
 */
@NullMarked
package dev.latchkey.sql;

import org.jspecify.annotations.NullMarked;
