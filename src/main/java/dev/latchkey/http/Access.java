package dev.latchkey.http;

/** Who may call a route. */
enum Access {
    /** Public; web pages of any origin may read the answer. */
    ANY_ORIGIN,
    /** Public, without credentials; web pages of other origins may not read the answer. */
    PUBLIC,
    /** Public, but in a browser for pages of this service alone. */
    OWN_PAGES,
    /** A signed-in person or a key with a token, in this role or a higher one. */
    DEVELOPER,
    /** As {@link #DEVELOPER}, from this role on. */
    ADMIN,
    /** As {@link #DEVELOPER}, in this role alone. */
    OWNER
}
