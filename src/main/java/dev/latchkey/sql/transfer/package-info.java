/** Floor 4: whole stores on their way: a backup, its restoration, and the move from one database to another. */
@NullMarked
package dev.latchkey.sql.transfer;

import org.jspecify.annotations.NullMarked;
