package dev.latchkey.server;

import static java.util.Objects.requireNonNull;

import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.accesskey.advice.KeyAdvisor;
import dev.latchkey.accesskey.importing.AccessKeyExport;
import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.audit.AuditTrail;
import dev.latchkey.client.WorkloadTokens;
import dev.latchkey.crypto.Argon2PasswordHasher;
import dev.latchkey.crypto.MasterKey;
import dev.latchkey.crypto.ProviderKeyPairs;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.client.JwksClient;
import dev.latchkey.issuer.FederatedUses;
import dev.latchkey.issuer.IssuerKeys;
import dev.latchkey.issuer.TrustedIssuers;
import dev.latchkey.jose.AssertionJwt;
import dev.latchkey.jose.TokenSize;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.signingkey.PrivateKeySeal;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeySettings;
import dev.latchkey.signingkey.SigningKeys;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.token.TokenSettings;
import dev.latchkey.user.PasswordHasher;
import dev.latchkey.user.Users;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The subjects on a store, without a server. Thread-safe. */
public final class Services implements AutoCloseable {
    /**
     * What a service on this store may add to its tokens, which is not known here: an issuer as long as those of nearly all
     * services are at most.
     */
    private static final TokenSettings SOME_SERVICE = new TokenSettings(
            "https://".concat("x".repeat(92)), "https://".concat("x".repeat(92)), Duration.ofHours(1));

    private final SqlStore store;
    private final Clock clock;
    private final AccessKeys accessKeys;
    private final KeyAdvisor advisor;
    private final ScopeCatalogue scopes;
    private final AccessKeyImport imports;
    private final TrustedIssuers issuers;
    private final Users users;
    private final AuditTrail audit;

    Services(SqlStore store, Clock clock, PasswordHasher hasher, TokenSizeRule tokenSize) {
        this.store = store;
        this.clock = clock;
        this.accessKeys = new AccessKeys(store.accessKeys(), store.scopes(), clock, tokenSize);
        this.advisor = new KeyAdvisor(store.scopeHistories(), clock);
        this.scopes = new ScopeCatalogue(store.scopes(), clock);
        this.imports = new AccessKeyImport(store.imports(), clock, tokenSize);
        this.issuers = new TrustedIssuers(store.issuers(), clock);
        this.users = new Users(store.users(), hasher, clock);
        this.audit = new AuditTrail(store.audit(), clock);
    }

    /**
     * Opens a store.
     *
     * @param db a SQLite file or a JDBC URL
     * @param createIfMissing whether a SQLite file that is not there is made
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} or {@link ErrorKind#UNAVAILABLE} when that fails
     */
    public static Services open(String db, boolean createIfMissing, Clock clock) {
        return open(db, createIfMissing, clock, new Argon2PasswordHasher());
    }

    /** As above, with passwords hashed otherwise. */
    static Services open(String db, boolean createIfMissing, Clock clock, PasswordHasher hasher) {
        SqlStore.Mode mode = createIfMissing ? SqlStore.Mode.CREATE : SqlStore.Mode.EXISTING;
        SqlStore store = SqlStore.open(db, mode);
        AtomicReference<@Nullable List<PublicJwk>> atFirst = new AtomicReference<>();
        // The published keys when first asked for: an import asks once a row.
        TokenSize tokenSize = new TokenSize(
                SOME_SERVICE,
                () -> requireNonNull(atFirst.updateAndGet(known -> known == null ? published(store, clock) : known)));
        return new Services(store, clock, hasher, new TokenSizeRule(tokenSize));
    }

    /** Whether nothing would be left of the store once it is closed. */
    public static boolean isInMemory(String db) {
        return SqlStore.isInMemory(db);
    }

    public AccessKeys accessKeys() {
        return accessKeys;
    }

    public KeyAdvisor advisor() {
        return advisor;
    }

    public ScopeCatalogue scopes() {
        return scopes;
    }

    public AccessKeyImport imports() {
        return imports;
    }

    public AccessKeyExport exports() {
        return new AccessKeyExport(store.imports());
    }

    public TrustedIssuers issuers() {
        return issuers;
    }

    /** Which keys workload tokens stand for, on a store. */
    static WorkloadTokens workloads(SqlStore store, FederatedUses uses, String issuer, Clock clock) {
        IssuerKeys keys = new IssuerKeys(new JwksClient(), store.issuers(), clock);
        return new WorkloadTokens(
                new AssertionJwt(), store.assertions(), store.issuers(), store.accessKeys(), keys, uses, issuer);
    }

    /** The same, for a service that had this issuer when it was last started. */
    public WorkloadTokens workloads(String issuer) {
        return workloads(store, new FederatedUses(store.issuers()), issuer, clock);
    }

    public Users users() {
        return users;
    }

    public AuditTrail audit() {
        return audit;
    }

    /** The issuer that a service on this store had when it was last started; empty = none was. */
    public Optional<String> issuerLastServed() {
        return store.facts().issuerLastServed();
    }

    /** Copies the store, as {@link SqlStore#backup} says. */
    public void backup(Path file) {
        store.backup(file);
    }

    /**
     * The signing keys, to be managed.
     *
     * @param masterKeyFile what encrypts private keys; null = nothing does
     * @param algorithm what new keys are for; null = what the store's newest key is for, RS256 in a new store
     * @param keySize bits of a new RSA key: 2048, 3072 or 4096
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when the file cannot be used
     */
    public SigningKeys signingKeys(@Nullable Path masterKeyFile, @Nullable SigningAlgorithm algorithm, int keySize) {
        SigningKeySettings settings = new SigningKeySettings(algorithm, keySize, Duration.ZERO, null);
        ProviderKeyPairs pairs = new ProviderKeyPairs(CompletableFuture.completedFuture(Optional.empty()));
        return new SigningKeys(store.signingKeys(), pairs, seal(masterKeyFile), settings, clock);
    }

    /** How private keys are stored with this master key; null = none. */
    public static PrivateKeySeal seal(@Nullable Path masterKeyFile) {
        return masterKeyFile == null ? new PrivateKeySeal.Plain() : MasterKey.read(masterKeyFile);
    }

    /** The public keys that tokens of this store verify with. */
    public List<PublicJwk> publishedKeys() {
        return published(store, clock);
    }

    private static List<PublicJwk> published(SqlStore store, Clock clock) {
        return SigningKeys.published(store.signingKeys(), clock.instant());
    }

    @Override
    public void close() {
        store.close();
    }
}
