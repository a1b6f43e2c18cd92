package dev.latchkey.signingkey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.log.LogEvent;
import dev.latchkey.permission.Actor;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The private parts in the store, through the seal of this process. Thread-safe. */
final class PrivateKeys {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateKeys.class);

    private final SigningKeyStore store;
    private final PrivateKeySeal seal;

    PrivateKeys(SigningKeyStore store, PrivateKeySeal seal) {
        this.store = store;
        this.seal = seal;
    }

    SigningKeyPair open(StoredKey stored) {
        return new SigningKeyPair(stored.key().jwk(), seal.open(stored.key().kid(), stored.privateKey()));
    }

    /**
     * All keys with their private parts. Fails with {@link ErrorKind#MISCONFIGURED} unless the seal of this process has made
     * each: what it adds goes with them.
     */
    List<StoredKey> checked() {
        List<StoredKey> keys = store.stored();
        keys.forEach(this::open);
        if (seal.encrypts() && keys.stream().anyMatch(key -> !key.privateKey().isEncrypted())) {
            throw ServiceException.misconfigured(
                    "The private signing keys in this store are not encrypted yet. To encrypt them, start the service "
                            + "with --master-key-file, or run: latchkey signing-keys rekey --new-master-key-file FILE");
        }
        return keys;
    }

    /** A key with its private part as it is stored, checked like that; {@link ErrorKind#CONFLICT} when it has gone meanwhile. */
    StoredKey checked(SigningKey key) {
        return checked().stream()
                .filter(stored -> stored.key().kid().equals(key.kid()))
                .findFirst()
                .orElseThrow(
                        () -> ServiceException.conflict(
                                "Another process changed the signing keys at this moment; list them, and try again if need be."));
    }

    /** Where there is a master key: encrypts what is stored plainly, and fails where it does not open the rest. */
    void encryptIfAsked(Actor actor, Instant now) {
        if (!seal.encrypts()) {
            return;
        }
        Map<String, StoredPrivateKey> stored = store.privateKeys();
        stored.forEach(seal::open);
        if (stored.values().stream().allMatch(StoredPrivateKey::isEncrypted)) {
            return;
        }
        reseal(seal, stored, actor, now);
        LogEvent.SIGNING_KEY_CHANGED
                .warn(LOG)
                .log("The private signing keys in this store were not encrypted, and are from now on: without the"
                        + " master key file the store cannot be used any more, so keep a copy of that file elsewhere");
    }

    /** Fails where the seal of this process does not open what is stored. */
    void openAll() {
        store.privateKeys().forEach(seal::open);
    }

    /** Encrypts all that is stored anew, with another master key. */
    void changeSeal(PrivateKeySeal other, Actor actor, Instant now) {
        reseal(other, store.privateKeys(), actor, now);
    }

    private void reseal(PrivateKeySeal other, Map<String, StoredPrivateKey> stored, Actor actor, Instant now) {
        Map<String, StoredPrivateKey> after = new HashMap<>();
        List<AuditEvent> events = new ArrayList<>();
        stored.forEach((kid, text) -> {
            after.put(kid, other.seal(kid, seal.open(kid, text)));
            events.add(SigningKeyEvents.encrypted(actor, kid, text.isEncrypted(), now));
        });
        store.reseal(stored, after, events);
        if (!store.wipeOverwritten()) {
            LogEvent.SIGNING_KEY_PROBLEM
                    .warn(LOG)
                    .log(
                            "The store's write-ahead log may hold what was encrypted until the service stops: it is being read");
        }
    }
}
