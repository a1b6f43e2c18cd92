package dev.latchkey.server;

import dev.latchkey.accesskey.AccessKeyUses;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.client.ClientAssertions;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.config.ProgramVersion;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.crypto.tls.TlsFiles;
import dev.latchkey.http.HttpAssembly;
import dev.latchkey.http.HttpServices;
import dev.latchkey.http.api.ServiceEndpoint;
import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.http.server.JettyServer;
import dev.latchkey.http.server.MetricsPort;
import dev.latchkey.issuer.FederatedUses;
import dev.latchkey.jose.AssertionJwt;
import dev.latchkey.jose.JwtSigner;
import dev.latchkey.jose.JwtVerifier;
import dev.latchkey.jose.TokenSize;
import dev.latchkey.signingkey.KeyPairs;
import dev.latchkey.signingkey.KeySource;
import dev.latchkey.signingkey.SigningKeys;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.ManagementTokens;
import dev.latchkey.token.TokenSettings;
import dev.latchkey.token.issuing.ClientCredentialsGrant;
import dev.latchkey.token.issuing.Grant;
import dev.latchkey.token.issuing.IssuingRules;
import dev.latchkey.token.issuing.StandardIssuingRules;
import dev.latchkey.token.issuing.TokenIssuer;
import dev.latchkey.user.FirstOwner;
import dev.latchkey.user.LimitedPasswordHasher;
import dev.latchkey.user.PasswordHasher;
import dev.latchkey.user.Sessions;
import java.io.PrintStream;
import java.nio.channels.ServerSocketChannel;
import java.security.Provider;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Puts the parts of a service together, in the order in which they need each other.
 *
 * @param aboutToAnswer is run before the first request is answered
 * @param pairs what makes signing keys, which may have begun already
 */
record Assembly(
        ServeSettings settings,
        Clock clock,
        PrintStream notices,
        Runnable aboutToAnswer,
        Housekeeping.Schedule schedule,
        PasswordHasher hasher,
        ServiceExtension extension,
        Embedding embedding,
        KeyPairs pairs) {
    /**
     * When the native signer is loaded at the latest: that takes as much work as all of a start, and the first token
     * comes sooner without.
     */
    private static final long SIGNER_DELAY_MILLIS = 500;

    private static final Duration READINESS_PATIENCE = Duration.ofSeconds(1);

    /** Starts what answers at these sockets; metrics have none of their own where {@code ofMetrics} is empty. All stay open if it fails. */
    LatchkeyServer start(List<ServerSocketChannel> listeners, List<ServerSocketChannel> ofMetrics, SqlStore store) {
        int port = Listener.portOf(listeners.get(0));
        TlsFiles tls = TlsFiles.of(settings.tlsCert(), settings.tlsKey(), clock);
        String scheme = tls == null ? "http://" : "https://";
        String issuer = settings.issuer() == null ? scheme + "localhost:" + port : settings.issuer();
        String audience = settings.audience() == null ? issuer : settings.audience();
        StoreInitializer initializer =
                new StoreInitializer(store, settings, clock, notices, hasher, extension, embedding);
        SigningKeys keys = initializer.signingKeys(pairs);
        KeySource keySource = extension.keys(keys, pairs);
        Counting counting = settings.metrics() == null
                ? null
                : Counting.start(store, keys, clock, embedding.told().audit());
        Listeners told = counting == null ? embedding.told() : counting.told();
        DocumentEndpoint page = counting == null ? null : counting.page();
        ScopeNames scopeNames = new ScopeNames(store.scopes());
        Optional<FirstOwner> firstOwner = initializer.missingOwner();

        TokenSettings tokenSettings = new TokenSettings(issuer, audience, settings.tokenLifetime());
        TokenSizeRule tokenSize = new TokenSizeRule(new TokenSize(tokenSettings, keys::published));
        // The first Owner's password is hashed beside these: a start must not fail because many sign in.
        PasswordHasher limited = LimitedPasswordHasher.forThisMachine(hasher);
        Services subjects = new Services(store, clock, limited, tokenSize);

        try (BackgroundTask filling =
                BackgroundTask.begin(() -> initializer.fill(pairs, keys, scopeNames, subjects.imports(), issuer))) {
            ClientAssertions assertions = new ClientAssertions(
                    new AssertionJwt(),
                    store.assertions(),
                    Set.of(issuer, issuer + "/connect/token"),
                    extension.tokenEndpoints(issuer),
                    clock);
            FederatedUses federated = new FederatedUses(store.issuers());
            ClientAuthenticator authenticator = new ClientAuthenticator(
                    store.accessKeys(), assertions, Services.workloads(store, federated, issuer, clock));
            AccessKeyUses uses = new AccessKeyUses(store.accessKeys());
            List<Grant> grants = new ArrayList<>(List.of(new ClientCredentialsGrant()));
            grants.addAll(extension.grants());
            IssuingRules rules = extension.rules(store, tokenSettings, new StandardIssuingRules(tokenSettings));
            TokenIssuer tokens = new TokenIssuer(
                    authenticator,
                    grants,
                    uses,
                    new JwtSigner(keySource::signer, settings.tokenTyp()),
                    tokenSettings,
                    rules,
                    clock);
            CompletableFuture<Optional<Provider>> accelerated = CorrettoProvider.whenLoaded();
            JwtVerifier verifier = extension
                    .claimsReader(issuer)
                    .map(reader -> new JwtVerifier(keySource::published, accelerated, reader))
                    .orElseGet(() -> new JwtVerifier(keySource::published, accelerated));
            AccessTokens accessTokens = new AccessTokens(
                    verifier, store.tokens(), extension.issuers(issuer), authenticator, told.tokens(), clock);
            Sessions sessions = new Sessions(store.users(), store.sessions(), store.audit(), limited, clock);
            HttpServices services = new HttpServices(
                    issuer,
                    tokens,
                    accessTokens,
                    scopeNames,
                    () -> store.accessKeys().audiences(),
                    store.readsPromptly(),
                    new Readiness(store::isReadable, READINESS_PATIENCE),
                    uses,
                    subjects.accessKeys(),
                    subjects.advisor(),
                    subjects.scopes(),
                    subjects.issuers(),
                    subjects.users(),
                    sessions,
                    subjects.audit(),
                    keys,
                    keySource,
                    new ManagementTokens(accessTokens, store.accessKeys(), uses, issuer, clock),
                    new ServiceEndpoint.Facts(
                            ProgramVersion::read,
                            tokenSettings,
                            store.facts().kind(),
                            store.shown(),
                            settings.masterKeyFile() != null),
                    !extension.judgesHosts() && listeners.stream().allMatch(Listener::isLoopback),
                    settings.dashboard(),
                    extension.pages(),
                    ofMetrics.isEmpty() ? page : null,
                    clock,
                    told.tokens(),
                    told.http(),
                    settings.trustedProxies());
            ServiceParts parts = new ServiceParts(
                    services, store, tokenSettings, settings.tokenTyp(), authenticator, grants, rules, uses);
            JettyServer http = HttpAssembly.prepare(
                    listeners,
                    services,
                    extension.front(parts),
                    page == null || ofMetrics.isEmpty() ? null : new MetricsPort(ofMetrics, page),
                    tls == null ? null : tls.current());
            new StartSequence(http, keys, initializer, embedding, aboutToAnswer).run(filling, firstOwner);
            CompletableFuture.delayedExecutor(SIGNER_DELAY_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(CorrettoProvider::begin);
            List<PeriodicTask> follow = new ArrayList<>(List.of(
                    new PeriodicTask("Following the signing keys", keys::tick),
                    new PeriodicTask("Following the catalogue of scopes", scopeNames::follow)));
            if (tls != null) {
                follow.add(new PeriodicTask(
                        "Renewing the certificate", () -> tls.renewed().ifPresent(http::renew)));
            }
            follow.addAll(PeriodicBackup.tasks(settings, store, clock));
            Runnable writeUses = () -> {
                uses.flush();
                federated.flush();
            };
            Runnable drop = () -> {
                accessTokens.prune();
                assertions.prune();
                sessions.prune();
                subjects.audit().prune(settings.auditRetention());
            };
            Housekeeping housekeeping =
                    Housekeeping.start(writeUses, extension.drops() ? drop : () -> {}, follow, schedule);
            String url = Listener.url(scheme, settings.host(), listeners);
            String metricsUrl = page == null
                    ? null
                    : Listener.url(scheme, settings.host(), ofMetrics.isEmpty() ? listeners : ofMetrics) + "/metrics";
            store.listen(new OutageLog(told.store()));
            return new LatchkeyServer(
                    http, housekeeping, store, url, metricsUrl, extension, parts, embedding.stopWithin());
        }
    }
}
