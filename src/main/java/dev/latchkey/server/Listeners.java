package dev.latchkey.server;

import dev.latchkey.http.exchange.HttpListener;
import dev.latchkey.sql.database.OutageListener;
import dev.latchkey.token.TokenListener;

/**
 * Who is told what a service does, for metrics.
 *
 * @param tokens of requests about tokens
 * @param http of all requests, and of what is turned away
 * @param store when the store stops to work and when it works again, beside the log
 */
record Listeners(TokenListener tokens, HttpListener http, OutageListener store) {
    /** Costs nothing. */
    static final Listeners NONE = new Listeners(TokenListener.NONE, HttpListener.NONE, OutageListener.NONE);
}
