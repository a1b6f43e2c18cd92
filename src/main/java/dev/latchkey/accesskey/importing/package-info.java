/**
 * Floor 2: files that say which scopes and access keys there are. They are read row by row and applied in one transaction:
 * all of it or nothing, in bounded memory, and the same file twice changes nothing
 * ({@link dev.latchkey.accesskey.importing.AccessKeyImport}). What a store has is written as such a file
 * ({@link dev.latchkey.accesskey.importing.AccessKeyExport}).
 */
@NullMarked
package dev.latchkey.accesskey.importing;

import org.jspecify.annotations.NullMarked;
