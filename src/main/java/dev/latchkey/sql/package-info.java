/**
 * Floor 4: the store. It and {@link dev.latchkey.sql.database} below it are the only rooms that know JDBC. They hide which database there is, its dialect, its pools, its
 * transactions and its error codes; what comes out are the store interfaces of the subjects below and {@link
 * dev.latchkey.error.ServiceException}s without a word of SQL in them.
 *
 * <p><b>SQLite has two pools.</b> It lets many read and one write at a time, so there are several connections that
 * cannot write ({@code query_only}) and one that writes. Writers of this process queue for that one connection instead
 * of fighting over the file's lock; against other processes the lock is asked for when a transaction begins ({@code
 * BEGIN IMMEDIATE}), never half-way through one, where waiting would be useless. In WAL mode readers and the writer do
 * not wait for each other. {@code synchronous=FULL} makes each commit reach the disk before it returns: a secret that
 * was shown belongs to a key that outlives a power cut. A store in memory has the same two pools, and a lock between
 * them, because there is no write-ahead log. PostgreSQL has HikariCP's pool, and a
 * small one beside it whose connections keep the statements of keyed reads prepared.
 *
 * <p><b>On PostgreSQL a token is one statement and one round trip at the most.</b> The statement selects by the primary
 * key, is prepared on the server after a few times, and runs by itself: no {@code BEGIN}, no {@code SET}, and no question
 * before whether the connection works, since what only reads is read again by a new one when it does not. {@link
 * dev.latchkey.sql.KeyLookups} reads with one statement all keys that were asked for meanwhile. Measured on 2026-11-30, 64
 * connections, one key: 0.36 statements a token, and 0.025 ms of the database's processor instead of 0.078. The threads
 * that read sign nothing, and those that sign wait for nothing. Nothing is kept for the next token.
 *
 * <p><b>No key is remembered.</b> Each token reads its key by a prepared statement ({@link dev.latchkey.sql.database.ConnectionPool}), so
 * that a key that is disabled stops at the very next token, whichever process did it.
 *
 * <p><b>The schema has versions.</b> {@code keys.sql} holds numbered versions, and the store remembers the last one that
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
