/**
 * Floor 2: the people who may sign in ({@link dev.latchkey.user.Users}), how their passwords are kept, and who is signed
 * in ({@link dev.latchkey.user.Sessions}).
 *
 * <p>Sessions are stored, so that a restart keeps people signed in and every replica knows them, and each is read with
 * its user: another role holds from the next request on, and a user who is gone has no session. What guesses passwords is
 * counted in memory, on each replica for itself.
 */
@NullMarked
package dev.latchkey.user;

import org.jspecify.annotations.NullMarked;
