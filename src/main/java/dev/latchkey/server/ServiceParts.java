package dev.latchkey.server;

import dev.latchkey.accesskey.AccessKeyUses;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.http.HttpServices;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.token.TokenSettings;
import dev.latchkey.token.TokenTyp;
import dev.latchkey.token.issuing.Grant;
import dev.latchkey.token.issuing.IssuingRules;
import java.util.List;

/** The assembled parts of a service, for a {@link ServiceExtension}. All are thread-safe. */
public record ServiceParts(
        HttpServices http,
        SqlStore store,
        TokenSettings settings,
        TokenTyp typ,
        ClientAuthenticator authenticator,
        List<Grant> grants,
        IssuingRules rules,
        AccessKeyUses uses) {}
