package dev.latchkey.server;

import dev.latchkey.accesskey.AccessKeyUses;
import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.http.HttpServices;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.token.TokenSettings;
import dev.latchkey.token.TokenTyp;
import dev.latchkey.token.issuing.Grant;
import dev.latchkey.token.issuing.IssuingRules;
import java.util.List;

/**
 * The assembled parts of a service, for a {@link ServiceExtension}. All are thread-safe.
 *
 * @param http what the endpoints answer with
 * @param store where everything is kept
 * @param settings what holds for every token
 * @param typ the {@code typ} of tokens
 * @param authenticator proves which client asks
 * @param grants all that there are
 * @param rules what decides on the scope, audience and time of tokens
 * @param uses notes which keys are used
 * @param imports brings documents of keys into the store
 */
public record ServiceParts(
        HttpServices http,
        SqlStore store,
        TokenSettings settings,
        TokenTyp typ,
        ClientAuthenticator authenticator,
        List<Grant> grants,
        IssuingRules rules,
        AccessKeyUses uses,
        AccessKeyImport imports) {}
