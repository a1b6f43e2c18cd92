package dev.latchkey.http;

/** Who may call a route. */
enum Access {
    /** Anybody, from a web page of any origin too. */
    ANY_ORIGIN,
    /** Anybody who can reach the service; pages of other origins may not read the answer. */
    ANYBODY,
    /** Anybody, but in a browser only pages of this service. */
    OWN_PAGES,
    /** A signed-in person or a key with a token, in this role or a higher one. */
    DEVELOPER,
    /** As {@link #DEVELOPER}, from this role on. */
    ADMIN,
    /** As {@link #DEVELOPER}, in this role alone. */
    OWNER
}
