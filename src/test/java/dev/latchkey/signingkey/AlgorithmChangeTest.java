package dev.latchkey.signingkey;

import static dev.latchkey.signingkey.Replica.OWNER;
import static dev.latchkey.signingkey.SigningAlgorithm.EDDSA;
import static dev.latchkey.signingkey.SigningAlgorithm.ES256;
import static dev.latchkey.signingkey.SigningAlgorithm.RS256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a store comes to keys for another algorithm. */
class AlgorithmChangeTest {
    private static final Duration JWKS_MAX_AGE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));

    @ParameterizedTest
    @EnumSource
    void newStore_hasKeysForTheAlgorithm_andSignsWithThem(SigningAlgorithm algorithm) {
        try (Replica replica = start(algorithm)) {
            assertThat(algorithms(replica)).containsExactly(algorithm, algorithm);
            KeySigner signer = replica.keys.signer(Replica.LIFETIME);
            assertThat(signer.algorithm()).isEqualTo(algorithm);
            assertThat(signer.kid()).isEqualTo(replica.activeKid());
            assertThat(signer.sign(new byte[9])).hasSize(algorithm == RS256 ? 256 : 64);
        }
    }

    @Test
    void newStore_nothingAsked_hasKeysForRs256() {
        try (Replica replica = start(null)) {
            assertThat(algorithms(replica)).containsExactly(RS256, RS256);
        }
    }

    @Test
    void start_withAnotherAlgorithm_replacesTheNextKeyAlone_whichWaitsItsTime() {
        String active;
        String gone;
        try (Replica before = start(null)) {
            active = before.activeKid();
            gone = before.nextKid();
        }
        clock.advance(JWKS_MAX_AGE.multipliedBy(2));

        try (Replica replica = start(ES256)) {
            assertThat(algorithms(replica)).containsExactly(RS256, ES256);
            assertThat(replica.activeKid()).isEqualTo(active);
            assertThat(replica.publishedKids())
                    .containsExactly(active, replica.nextKid())
                    .doesNotContain(gone);
            assertThat(replica.keys.signer(Replica.LIFETIME).kid()).isEqualTo(active);
            assertThat(audited(replica)).startsWith("signing-key.create", "signing-key.drop");
            clock.advance(JWKS_MAX_AGE.minusSeconds(1));
            assertThatThrownBy(() -> replica.keys.rotate(OWNER, RotationMode.WHEN_KNOWN))
                    .isInstanceOf(ServiceException.class)
                    .hasMessageContaining("2026-03-01T12:15:00Z");

            clock.advance(Duration.ofSeconds(1));
            replica.keys.rotate(OWNER, RotationMode.WHEN_KNOWN);

            assertThat(algorithms(replica)).containsExactly(ES256, ES256, RS256);
            assertThat(replica.keys.signer(Replica.LIFETIME).algorithm()).isEqualTo(ES256);
            assertThat(replica.publishedKids()).contains(active);
        }
    }

    @Test
    void start_withTheSameAlgorithm_orNone_changesNothing() {
        try (Replica first = start(ES256);
                Replica same = start(ES256);
                Replica none = start(null)) {
            assertThat(same.states()).isEqualTo(first.states());
            assertThat(none.states()).isEqualTo(first.states());
            assertThat(audited(first)).hasSize(2);
        }
    }

    @Test
    void rotate_nothingAsked_makesAnotherKeyForTheAlgorithmOfTheNextOne() {
        start(RS256).close();
        start(EDDSA).close();
        try (Replica manager = Replica.open(db(), clock, null, null)) {
            manager.keys.rotate(OWNER, RotationMode.NOW);

            assertThat(algorithms(manager)).containsExactly(EDDSA, EDDSA, RS256);
        }
    }

    @Test
    void rotate_withAnotherAlgorithm_isForTheNextKey() {
        start(null).close();
        try (Replica manager = Replica.open(db(), clock, null, null, ES256)) {
            manager.keys.rotate(OWNER, RotationMode.NOW);

            assertThat(algorithms(manager)).containsExactly(RS256, ES256, RS256);
        }
    }

    @Test
    void importedKey_ofAnotherAlgorithm_staysWhereNothingWasAsked_andIsUsed() {
        Path pem = folder.resolve("key.pem");
        String kid = PemFiles.write(pem, EDDSA);
        start(null).close();
        try (Replica manager = Replica.open(db(), clock, null, null)) {
            manager.keys.importKey(OWNER, pem);
        }
        clock.advance(JWKS_MAX_AGE);

        try (Replica replica = start(null)) {
            replica.keys.rotate(OWNER, RotationMode.WHEN_KNOWN);
            assertThat(replica.keys.signer(Replica.LIFETIME).kid()).isEqualTo(kid);
            assertThat(algorithms(replica)).containsExactly(EDDSA, EDDSA, RS256);
        }
    }

    @Test
    void import_intoANewStore_isFollowedByAKeyOfItsKind() {
        Path pem = folder.resolve("key.pem");
        String kid = PemFiles.write(pem, ES256);
        try (Replica manager = Replica.open(db(), clock, null, null)) {
            manager.keys.importKey(OWNER, pem);

            assertThat(manager.activeKid()).isEqualTo(kid);
            assertThat(algorithms(manager)).containsExactly(ES256, ES256);
        }
    }

    @Test
    void replicasThatWereAskedForDifferentOnes_doNotTakeTurns() {
        try (Replica rsa = start(RS256);
                Replica ec = start(ES256)) {
            List<String> states = ec.states();
            for (int second = 0; second < 600; second += 2) {
                clock.advance(Duration.ofSeconds(2));
                rsa.keys.tick();
                ec.keys.tick();
            }
            assertThat(rsa.states()).isEqualTo(states);
            assertThat(rsa.publishedKids()).isEqualTo(ec.publishedKids());
        }
    }

    @Test
    void signer_isAlwaysOneThatEveryReplicaPublishes() {
        Duration day = Duration.ofDays(1);
        try (Replica rsa = Replica.open(db(), clock, null, day, RS256).started();
                Replica ec = Replica.open(db(), clock, null, day, ES256).started()) {
            for (int hour = 0; hour < 24 * 5; hour++) {
                clock.advance(Duration.ofHours(1));
                rsa.keys.tick();
                ec.keys.tick();
                rsa.keys.tick();
                assertThat(ec.publishedKids())
                        .contains(rsa.keys.signer(Replica.LIFETIME).kid());
                assertThat(rsa.publishedKids())
                        .contains(ec.keys.signer(Replica.LIFETIME).kid());
            }
            assertThat(audited(rsa)).contains("signing-key.rotate");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ES256", "EDDSA"})
    void masterKey_encryptsKeysOfEveryKind(SigningAlgorithm algorithm) {
        Path master = MasterKeyFiles.of(folder, 7);
        start(algorithm).close();

        for (int i = 0; i < 2; i++) {
            try (Replica sealed = Replica.open(db(), clock, master, null, null).started()) {
                assertThat(sealed.store().signingKeys().privateKeys().values()).allMatch(StoredPrivateKey::isEncrypted);
                assertThat(sealed.keys.signer(Replica.LIFETIME).sign(new byte[9]))
                        .hasSize(64);
            }
        }
    }

    private Replica start(@Nullable SigningAlgorithm algorithm) {
        return Replica.open(db(), clock, null, null, algorithm).started();
    }

    private Path db() {
        return folder.resolve("test.db");
    }

    private static List<SigningAlgorithm> algorithms(Replica replica) {
        return replica.keys.list(OWNER).stream()
                .map(key -> key.jwk().algorithm())
                .toList();
    }

    /** The newest first. */
    private static List<String> audited(Replica replica) {
        return replica.store().audit().page(new AuditQuery(100, null, AuditQuery.Filter.NONE)).entries().stream()
                .map(AuditPage.Entry::event)
                .map(AuditEvent::action)
                .toList();
    }
}
