/** Floor 4: what a SQLite store needs of the file system: its own files, closed to others, and the native library. */
@NullMarked
package dev.latchkey.sql.files;

import org.jspecify.annotations.NullMarked;
