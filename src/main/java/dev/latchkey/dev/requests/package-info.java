/** What clients ask a stand-in: recorded as it was sent, with why it was refused and what the client did wrong. */
@NullMarked
package dev.latchkey.dev.requests;

import org.jspecify.annotations.NullMarked;
