package dev.latchkey.server;

import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.ImportSource;
import dev.latchkey.config.SeedDocument;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.signingkey.KeyPairs;
import dev.latchkey.signingkey.SigningKeyPair;
import dev.latchkey.signingkey.SigningKeySettings;
import dev.latchkey.signingkey.SigningKeys;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.user.FirstOwner;
import dev.latchkey.user.PasswordHasher;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sees to it that a store has all that an answer may need: signing keys, the seed, a first Owner. For one start. */
record StoreInitializer(
        SqlStore store,
        ServeSettings settings,
        Clock clock,
        PrintStream notices,
        PasswordHasher hasher,
        ServiceExtension extension,
        Embedding embedding) {
    /** What signs the tokens of this service. */
    SigningKeys signingKeys(KeyPairs pairs) {
        SigningKeySettings keySettings = new SigningKeySettings(
                settings.signingAlgorithm(), settings.keySize(), settings.tokenLifetime(), settings.rotateEvery());
        return new SigningKeys(store.signingKeys(), pairs, Services.seal(settings.masterKeyFile()), keySettings, clock);
    }

    /** Fills the store, and what is kept of it in memory. Takes a while at first. */
    void fill(KeyPairs pairs, SigningKeys keys, ScopeNames scopeNames, AccessKeyImport imports, String issuer) {
        keys.start(ownSigningKey(pairs));
        SeedDocument document = settings.seed();
        @Nullable ImportSource seed = document == null ? null : SeedImporter.source(document);
        if (document != null && seed != null) {
            SeedImporter.apply(document, seed, imports, extension.seedRules(SeedImporter.rules(document)));
        }
        extension.seeded(store, seed);
        scopeNames.follow();
        store.facts().noteIssuer(issuer);
    }

    /** The key that is signed with instead of the store's; null = the store's are. */
    private @Nullable SigningKeyPair ownSigningKey(KeyPairs pairs) {
        KeyPair given = embedding.signingKey();
        Path file = settings.signingKeyFile();
        if (given != null) {
            return pairs.of(given);
        }
        return file == null ? null : pairs.readPem(file);
    }

    /** The Owner that the store needs; empty = it has users, or the program around the service wants none. */
    Optional<FirstOwner> missingOwner() {
        if (!embedding.makesOwner()) {
            return Optional.empty();
        }
        return FirstOwner.missing(store.users(), hasher, settings.ownerPassword(), clock);
    }

    /** Creates the Owner and tells the password where that is a random one. */
    void create(FirstOwner owner) {
        owner.create()
                .ifPresent(password -> notices.println("The first Owner is \"" + FirstOwner.NAME
                        + "\" with the password " + password + " (shown this once)"));
    }
}
