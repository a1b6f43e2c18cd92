package dev.latchkey.signingkey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.json.JsonWriter;
import dev.latchkey.permission.Actor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The signing keys in use by this process: loaded once, held in memory. Immutable and thread-safe. */
public final class SigningKeys {
    private final Rs256Signer signer;
    private final List<PublicJwk> published;

    private SigningKeys(Rs256Signer signer, List<PublicJwk> published) {
        this.signer = signer;
        this.published = List.copyOf(published);
    }

    /** The store's keys; makes the first one where there is none. */
    public static SigningKeys load(SigningKeyStore store, RsaKeys rsa, int bitsOfFirst, Clock clock) {
        List<SigningKey> keys = store.all();
        if (keys.isEmpty()) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            SigningKey first = rsa.generate(bitsOfFirst, now);
            store.insertFirst(first, created(first));
            keys = store.all();
        }
        return new SigningKeys(
                rsa.signer(keys.get(0)), keys.stream().map(SigningKey::jwk).toList());
    }

    /**
     * A key file's key to sign with; the store's keys stay published, so that tokens signed before still verify. The
     * file's key itself is never stored.
     */
    public static SigningKeys fromFile(Path file, SigningKeyStore store, RsaKeys rsa, Clock clock) {
        SigningKey key = rsa.readPem(file, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        List<PublicJwk> published = new ArrayList<>(List.of(key.jwk()));
        store.all().stream()
                .map(SigningKey::jwk)
                .filter(jwk -> !jwk.equals(key.jwk()))
                .forEach(published::add);
        return new SigningKeys(rsa.signer(key), published);
    }

    /** Signs with the active key. */
    public Rs256Signer signer() {
        return signer;
    }

    /** What verifiers may find in the JWK Set, the active key first. */
    public List<PublicJwk> published() {
        return published;
    }

    private static AuditEvent created(SigningKey key) {
        byte[] after = JsonWriter.object(out -> out.field("kid", key.kid()).field("state", "active"));
        String text = new String(after, StandardCharsets.UTF_8);
        return new AuditEvent(key.createdAt(), Actor.system(), "signing-key.create", key.kid(), null, text);
    }
}
