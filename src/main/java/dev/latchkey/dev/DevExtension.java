package dev.latchkey.dev;

import static java.util.Objects.requireNonNull;

import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.ImportSource;
import dev.latchkey.accesskey.importing.ImportVariables;
import dev.latchkey.config.SeedDocument;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.config.StandInSettings;
import dev.latchkey.dev.faults.FaultHandler;
import dev.latchkey.dev.faults.Faults;
import dev.latchkey.dev.profile.BaseUrl;
import dev.latchkey.dev.profile.Profiles;
import dev.latchkey.dev.requests.Advice;
import dev.latchkey.dev.requests.RecordingHandler;
import dev.latchkey.dev.requests.RequestLog;
import dev.latchkey.dev.tokens.KeyDrills;
import dev.latchkey.dev.tokens.PasswordGrant;
import dev.latchkey.dev.tokens.Personas;
import dev.latchkey.dev.tokens.TokenMaker;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.server.FrontHandler;
import dev.latchkey.server.ServiceExtension;
import dev.latchkey.server.ServiceParts;
import dev.latchkey.signingkey.KeyPairs;
import dev.latchkey.signingkey.KeySource;
import dev.latchkey.signingkey.SigningKeys;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.token.SignedClaims;
import dev.latchkey.token.TokenSettings;
import dev.latchkey.token.issuing.Grant;
import dev.latchkey.token.issuing.IssuingRules;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a stand-in adds to the service: its key, its rules, and its handlers in front. */
final class DevExtension implements ServiceExtension {
    /** What its stores are for, in words that a message can end with. */
    private static final String PURPOSE = "serve --dev";

    /** The member of the seed that tells of people. */
    private static final String PERSONAS = "personas";

    private final DevKey devKey;
    private final Profiles profiles;
    private final List<String> hosts;
    private final DevClock clock;
    /** Whether keys and scopes go back to the start when all does. */
    private final boolean inMemory;

    private final ImportVariables variables;
    private final String scheme;
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Personas personas = new Personas();
    private volatile boolean readyKey;
    private volatile @Nullable KeyDrills drills;
    private volatile @Nullable AdvertisedUrls urls;
    private volatile @Nullable StandInControls controls;

    DevExtension(ServeSettings settings, StandInSettings standIn, DevClock clock) {
        this.devKey = new DevKey(standIn.keyId(), standIn.keySecret());
        this.profiles = Profiles.of(standIn.profiles());
        this.hosts = standIn.hosts();
        this.inMemory = SqlStore.isInMemory(settings.db());
        SeedDocument seed = settings.seed();
        this.variables = seed == null ? ImportVariables.NONE : ImportVariables.of(seed.variables());
        this.scheme = settings.tlsCert() == null ? "http" : "https";
        this.clock = clock;
    }

    /** What is in the caller's hand; there once the service has been put together. */
    StandInControls controls() {
        return requireNonNull(controls);
    }

    /** Whether the key of the stand-in's own id is the stand-in's own, and not one of the seed. */
    boolean hasReadyKey() {
        return readyKey;
    }

    @Override
    public void opened(SqlStore store) {
        if (!store.facts().reserveFor(PURPOSE)) {
            throw ServiceException.of(
                    ErrorKind.MISCONFIGURED,
                    "The store " + store.shown() + " is that of a service, and " + PURPOSE + " would hand out its"
                            + " tokens to any client; leave --db out to keep nothing, or name a new file with it.");
        }
    }

    @Override
    public AccessKeyImport.Rules seedRules(AccessKeyImport.Rules standard) {
        return new AccessKeyImport.Rules(
                true, standard.secretRequired(), standard.prunes(), Set.of(PERSONAS), standard.variables());
    }

    @Override
    public boolean judgesHosts() {
        return true;
    }

    @Override
    public void seeded(SqlStore store, @Nullable ImportSource seed) {
        if (seed != null) {
            personas.read(seed, variables);
        }
        devKey.create(store.accessKeys(), clock.instant());
        readyKey = store.accessKeys().find(devKey.id()).filter(devKey::is).isPresent();
        if (inMemory) {
            store.keepKeys();
        }
    }

    /** A clock that is set back must find what was used and revoked before. */
    @Override
    public boolean drops() {
        return false;
    }

    @Override
    public List<String> pages() {
        return List.of("lab");
    }

    @Override
    public void stopping() {
        faults.stop();
        log.release();
    }

    @Override
    public IssuingRules rules(SqlStore store, TokenSettings settings, IssuingRules standard) {
        return new DevIssuingRules(standard, devKey, clock, store.scopes(), settings);
    }

    @Override
    public KeySource keys(SigningKeys standard, KeyPairs pairs) {
        KeyDrills made = new KeyDrills(standard, pairs);
        drills = made;
        return made;
    }

    @Override
    public List<Grant> grants() {
        return List.of(new PasswordGrant(personas));
    }

    @Override
    public Predicate<String> issuers(String issuer) {
        return profiles.issuers(issuer);
    }

    @Override
    public Optional<Function<byte[], SignedClaims>> claimsReader(String issuer) {
        return Optional.of(profiles.claimsReader(issuer));
    }

    @Override
    public Predicate<String> tokenEndpoints(String issuer) {
        AdvertisedUrls made = new AdvertisedUrls(issuer, scheme, new DevHosts(issuer, hosts));
        urls = made;
        return audience -> made.isTokenEndpoint(audience) || profiles.isAssertionAudience(issuer, audience);
    }

    @Override
    public List<FrontHandler> front(ServiceParts parts) {
        String issuer = parts.settings().issuer();
        StandInControls made = controls(parts);
        controls = made;
        return List.of(
                new RecordingHandler(
                        profiles.kinds(issuer), log, new Advice(parts.store().accessKeys()), clock),
                new DevHandler(new DevHosts(issuer, hosts), BaseUrl.path(issuer), DevRoutes.of(made)),
                new FaultHandler(faults, log),
                profiles.handler(parts),
                new MetadataHandler(parts.http(), requireNonNull(urls)));
    }

    private StandInControls controls(ServiceParts parts) {
        KeyDrills keys = requireNonNull(drills);
        clock.onChange(keys::follow);
        TokenMaker tokens = new TokenMaker(parts, personas, devKey.id(), devKey::is, clock, clock::skew);
        return new StandInControls(clock, faults, log, tokens, keys, () -> restore(parts));
    }

    private void restore(ServiceParts parts) {
        if (inMemory) {
            parts.uses().flush();
            parts.store().restoreKeys();
        }
    }
}
