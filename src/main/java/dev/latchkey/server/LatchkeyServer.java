package dev.latchkey.server;

import dev.latchkey.accesskey.AccessKeyImport;
import dev.latchkey.accesskey.AccessKeyUses;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.ClientAssertions;
import dev.latchkey.accesskey.ClientAuthenticator;
import dev.latchkey.accesskey.ScopeCatalogue;
import dev.latchkey.audit.AuditTrail;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.crypto.Argon2PasswordHasher;
import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.crypto.ProviderKeyPairs;
import dev.latchkey.crypto.ProviderVerifiers;
import dev.latchkey.crypto.TlsFiles;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.http.HttpServer;
import dev.latchkey.http.HttpServices;
import dev.latchkey.jwt.AssertionJwt;
import dev.latchkey.jwt.JwtSigner;
import dev.latchkey.jwt.JwtVerifier;
import dev.latchkey.signingkey.KeyPairs;
import dev.latchkey.signingkey.SigningKeySettings;
import dev.latchkey.signingkey.SigningKeys;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.token.ManagementTokens;
import dev.latchkey.token.TokenIntrospector;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.token.TokenRevoker;
import dev.latchkey.token.TokenSettings;
import dev.latchkey.user.FirstOwner;
import dev.latchkey.user.PasswordHasher;
import dev.latchkey.user.Sessions;
import dev.latchkey.user.Users;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The running service: a store, the signing keys, and HTTP on one port. Thread-safe. */
public final class LatchkeyServer implements AutoCloseable {
    private static final Duration READINESS_PATIENCE = Duration.ofSeconds(1);

    private final HttpServer http;
    private final Housekeeping housekeeping;
    private final SqlStore store;
    private final String url;
    private final String issuer;

    private LatchkeyServer(HttpServer http, Housekeeping housekeeping, SqlStore store, String url, String issuer) {
        this.http = http;
        this.housekeeping = housekeeping;
        this.store = store;
        this.url = url;
        this.issuer = issuer;
    }

    /**
     * Starts the service and returns when it answers. A new store gets its schema, a signing key and an Owner.
     *
     * @param notices where the first Owner's password is shown, once
     * @throws LatchkeyException of kind {@link ErrorKind#MISCONFIGURED}, {@link ErrorKind#UNAVAILABLE} or {@link
     *     ErrorKind#INVALID} when it cannot start; nothing is left running then
     */
    public static LatchkeyServer start(ServeSettings settings, Clock clock, PrintStream notices) {
        return start(settings, clock, notices, Housekeeping.Schedule.STANDARD, new Argon2PasswordHasher());
    }

    /** As above, with housekeeping at other times and passwords hashed otherwise. */
    static LatchkeyServer start(
            ServeSettings settings,
            Clock clock,
            PrintStream notices,
            Housekeeping.Schedule schedule,
            PasswordHasher hasher) {
        KeyPairs pairs = new ProviderKeyPairs(CorrettoProvider.load());
        ServerSocketChannel listener = Listener.bind(settings.host(), settings.port());
        @Nullable SqlStore store = null;
        try {
            store = SqlStore.open(settings.db(), SqlStore.Mode.CREATE);
            return start(settings, clock, notices, schedule, hasher, pairs, listener, store);
        } catch (RuntimeException | Error e) {
            closeAfterFailure(listener, store, e);
            throw e;
        }
    }

    private static LatchkeyServer start(
            ServeSettings settings,
            Clock clock,
            PrintStream notices,
            Housekeeping.Schedule schedule,
            PasswordHasher hasher,
            KeyPairs pairs,
            ServerSocketChannel listener,
            SqlStore store) {
        int port = portOf(listener);
        TlsFiles tls = tls(settings);
        String scheme = tls == null ? "http://" : "https://";
        String issuer = settings.issuer() == null ? scheme + "localhost:" + port : settings.issuer();
        String audience = settings.audience() == null ? issuer : settings.audience();
        FirstOwner firstOwner = FirstOwner.prepare(store.users(), hasher, settings.ownerPassword(), clock);
        SigningKeys keys = signingKeys(settings, store, pairs, clock);

        TokenSettings tokenSettings = new TokenSettings(issuer, audience, settings.tokenLifetime());
        ClientAssertions assertions = new ClientAssertions(
                new AssertionJwt(), store.assertions(), Set.of(issuer, issuer + "/connect/token"), clock);
        ClientAuthenticator authenticator = new ClientAuthenticator(store.accessKeys(), assertions);
        AccessKeyUses uses = new AccessKeyUses(store.accessKeys());
        TokenIssuer tokens = new TokenIssuer(authenticator, uses, new JwtSigner(keys::signer), tokenSettings, clock);
        JwtVerifier verifier = new JwtVerifier(keys::published, new ProviderVerifiers(CorrettoProvider.load()));
        AccessTokens accessTokens = new AccessTokens(verifier, store.tokens(), issuer, clock);
        Sessions sessions = new Sessions(store.users(), store.sessions(), hasher, clock);
        AuditTrail audit = new AuditTrail(store.audit(), clock);
        ScopeNames scopeNames = new ScopeNames(store.scopes());
        HttpServices services = new HttpServices(
                issuer,
                tokens,
                new TokenIntrospector(authenticator, accessTokens, clock),
                new TokenRevoker(authenticator, accessTokens, clock),
                accessTokens,
                keys::published,
                scopeNames,
                store.readsPromptly(),
                new Readiness(store::isReadable, READINESS_PATIENCE),
                new AccessKeys(store.accessKeys(), store.scopes(), clock),
                new ScopeCatalogue(store.scopes(), clock),
                new Users(store.users(), hasher, clock),
                sessions,
                audit,
                keys,
                new ManagementTokens(accessTokens, store.accessKeys(), issuer),
                settings.dashboard());
        Path seed = settings.seedFile();
        if (seed != null) {
            Seed.plant(seed, new AccessKeyImport(store.accessKeys(), store.scopes(), clock));
        }
        scopeNames.follow();

        firstOwner
                .ensure()
                .ifPresent(password -> notices.println("The first Owner is \"" + FirstOwner.NAME
                        + "\" with the password " + password + " (shown this once)"));
        HttpServer http = HttpServer.start(listener, services, tls == null ? null : tls.current());
        List<Chore> follow = new ArrayList<>(List.of(
                new Chore("Following the signing keys", keys::tick),
                new Chore("Following the catalogue of scopes", scopeNames::follow)));
        if (tls != null) {
            follow.add(new Chore("Renewing the certificate", () -> tls.renewed().ifPresent(http::renew)));
        }
        Housekeeping housekeeping = Housekeeping.start(
                uses, sessions, audit, accessTokens, assertions, settings.auditRetention(), follow, schedule);
        return new LatchkeyServer(http, housekeeping, store, scheme + hostOf(settings.host()) + ":" + port, issuer);
    }

    private static SigningKeys signingKeys(ServeSettings settings, SqlStore store, KeyPairs pairs, Clock clock) {
        SigningKeySettings keySettings = new SigningKeySettings(
                settings.signingAlgorithm(), settings.keySize(), settings.tokenLifetime(), settings.rotateEvery());
        SigningKeys keys = new SigningKeys(
                store.signingKeys(), pairs, Services.seal(settings.masterKeyFile()), keySettings, clock);
        keys.start(settings.signingKeyFile());
        return keys;
    }

    private static @Nullable TlsFiles tls(ServeSettings settings) {
        Path certificate = settings.tlsCert();
        Path key = settings.tlsKey();
        return certificate == null || key == null ? null : new TlsFiles(certificate, key);
    }

    /** Does at once what it does every two seconds by itself: follows what other processes change. */
    void keepUp() {
        housekeeping.follow();
    }

    /** Where it listens, such as {@code http://127.0.0.1:8080}. */
    public String url() {
        return url;
    }

    /** The {@code iss} of its tokens. */
    public String issuer() {
        return issuer;
    }

    /** Stops accepting, finishes requests under way (10 s at most), writes down what was used and closes the store. */
    @Override
    public void close() {
        http.close();
        housekeeping.close();
        store.close();
    }

    private static int portOf(ServerSocketChannel listener) {
        try {
            return ((InetSocketAddress) listener.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("a bound socket has an address", e);
        }
    }

    private static String hostOf(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private static void closeAfterFailure(ServerSocketChannel listener, @Nullable SqlStore store, Throwable failure) {
        try {
            listener.close();
            if (store != null) {
                store.close();
            }
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
