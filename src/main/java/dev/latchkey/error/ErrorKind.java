package dev.latchkey.error;

/** What went wrong, in the few kinds that callers act on differently. */
public enum ErrorKind {
    /** The input is not acceptable; the fields at fault are named. */
    INVALID,
    /** No user is signed in, or not any more. */
    UNAUTHENTICATED,
    /** The caller is known, and may not do this. */
    FORBIDDEN,
    /** There is no such thing. */
    NOT_FOUND,
    /** It contradicts what is stored: a duplicate, something still in use. */
    CONFLICT,
    /** The caller's picture of the thing is out of date. */
    PRECONDITION_FAILED,
    /** Too many tries; the same call may succeed later. */
    TOO_MANY_REQUESTS,
    /** The store cannot be read or written now; the same call may succeed later. */
    UNAVAILABLE,
    /** The surroundings are wrong (a file, a port, a store of another version); a person has to act. */
    MISCONFIGURED
}
