package dev.latchkey.http;

import dev.latchkey.accesskey.AccessKeyUses;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.advice.KeyAdvisor;
import dev.latchkey.audit.AuditTrail;
import dev.latchkey.http.api.ServiceEndpoint;
import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.http.exchange.HttpListener;
import dev.latchkey.issuer.TrustedIssuers;
import dev.latchkey.network.TrustedProxies;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.signingkey.KeySource;
import dev.latchkey.signingkey.SigningKeys;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.ManagementTokens;
import dev.latchkey.token.TokenListener;
import dev.latchkey.token.issuing.TokenIssuer;
import dev.latchkey.user.Sessions;
import dev.latchkey.user.Users;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoints answer with.
 *
 * @param issuer the issuer and base of every advertised URL
 * @param tokens issues tokens
 * @param accessTokens verifies tokens that were issued, tells clients about them and ends them
 * @param scopeNames what {@code scopes_supported} says now; must not fail while the store is away
 * @param audiences all that keys have
 * @param promptStore whether reading from the store never makes a thread wait
 * @param storeReadable whether the store can be read now
 * @param uses notes which keys and scopes are used
 * @param accessKeys what people do with access keys
 * @param advisor says what access keys no longer need
 * @param scopeCatalogue the scopes that keys may be given
 * @param issuers whose tokens keys may trust
 * @param users who may sign in
 * @param sessions who is signed in
 * @param audit what was done
 * @param signingKeys what tokens are signed with
 * @param keySource what signs and verifies tokens
 * @param managementTokens who manages by an access token
 * @param facts what it says about itself
 * @param loopback whether the service listens on loopback addresses alone
 * @param dashboard whether there are web pages and {@code /api}
 * @param pages names of the pages of the dashboard beside those of every service
 * @param metrics what answers at {@code /metrics} of the main port; null = nothing does
 * @param clock what time the management API says it is
 * @param tokenListener is told of token requests and of forward authentication
 * @param httpListener is told of all requests
 * @param proxies those that are believed when they say for whom they ask
 */
public record HttpServices(
        String issuer,
        TokenIssuer tokens,
        AccessTokens accessTokens,
        Supplier<List<String>> scopeNames,
        Supplier<Set<String>> audiences,
        boolean promptStore,
        BooleanSupplier storeReadable,
        AccessKeyUses uses,
        AccessKeys accessKeys,
        KeyAdvisor advisor,
        ScopeCatalogue scopeCatalogue,
        TrustedIssuers issuers,
        Users users,
        Sessions sessions,
        AuditTrail audit,
        SigningKeys signingKeys,
        KeySource keySource,
        ManagementTokens managementTokens,
        ServiceEndpoint.Facts facts,
        boolean loopback,
        boolean dashboard,
        List<String> pages,
        @Nullable DocumentEndpoint metrics,
        Clock clock,
        TokenListener tokenListener,
        HttpListener httpListener,
        TrustedProxies proxies) {}
