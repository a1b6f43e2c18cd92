/** Floor 0: addresses of clients, and which of the peers may say that they speak for another one. */
@NullMarked
package dev.latchkey.network;

import org.jspecify.annotations.NullMarked;
