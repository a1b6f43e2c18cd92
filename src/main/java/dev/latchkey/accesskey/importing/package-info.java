/**
 * Floor 2: files of scopes and access keys, read row by row and applied in one transaction: all of it or nothing, in bounded
 * memory, and the same file twice changes nothing ({@link dev.latchkey.accesskey.importing.AccessKeyImport}).
 */
@NullMarked
package dev.latchkey.accesskey.importing;

import org.jspecify.annotations.NullMarked;
