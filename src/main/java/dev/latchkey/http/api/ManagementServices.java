package dev.latchkey.http.api;

import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.ScopeCatalogue;
import dev.latchkey.audit.AuditTrail;
import dev.latchkey.token.ManagementTokens;
import dev.latchkey.user.Sessions;
import dev.latchkey.user.Users;

/** The subjects that the management API is about. */
public record ManagementServices(
        AccessKeys keys,
        ScopeCatalogue scopes,
        Users users,
        Sessions sessions,
        AuditTrail audit,
        ManagementTokens tokens) {}
