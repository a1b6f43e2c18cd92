package dev.latchkey.server;

import dev.latchkey.audit.AuditListener;
import dev.latchkey.http.exchange.HttpListener;
import dev.latchkey.sql.database.OutageListener;
import dev.latchkey.token.TokenListener;

/**
 * Who is told what a service does, for metrics and for a program that a service runs inside.
 */
public record Listeners(TokenListener tokens, HttpListener http, OutageListener store, AuditListener audit) {
    /** Costs nothing. */
    public static final Listeners NONE =
            new Listeners(TokenListener.NONE, HttpListener.NONE, OutageListener.NONE, AuditListener.NONE);
}
