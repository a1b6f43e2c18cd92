package dev.latchkey.http;

/** Who may call a route. */
enum Access {
    /** Anybody, from a web page of any origin too. */
    ANY_ORIGIN,
    /** Anybody who can reach the service; pages of other origins may not read the answer. */
    ANYBODY,
    /** Clients, who prove who they are in each request; the endpoint checks it. */
    CLIENT
}
