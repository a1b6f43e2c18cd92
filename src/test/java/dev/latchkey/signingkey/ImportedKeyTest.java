package dev.latchkey.signingkey;

import static dev.latchkey.signingkey.Replica.LIFETIME;
import static dev.latchkey.signingkey.Replica.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.crypto.ProviderKeyPairs;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that come from a file: to stay, or to sign with instead of the store's. */
class ImportedKeyTest {
    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private Path db;
    private Path pem;
    private String kid;

    @BeforeEach
    void writeKey() {
        db = folder.resolve("test.db");
        pem = folder.resolve("key.pem");
        kid = PemFiles.write(pem, 2048);
    }

    @Test
    void import_takesThePlaceOfTheNextKey_andTheSamePath() {
        try (Replica running = Replica.start(db, clock)) {
            String active = running.activeKid();
            String gone = running.nextKid();
            clock.advance(Duration.ofMinutes(10));

            running.keys.importKey(OWNER, pem);
            running.keys.tick();

            assertThat(running.states()).containsExactly("active " + active, "next " + kid);
            assertThat(running.publishedKids()).containsExactly(active, kid).doesNotContain(gone);
            clock.advance(Duration.ofSeconds(299));
            conflict("2026-03-01T12:15:00Z", () -> running.keys.rotate(OWNER, RotationMode.WHEN_KNOWN));
            clock.advance(Duration.ofSeconds(1));
            running.keys.rotate(OWNER, RotationMode.WHEN_KNOWN);
            assertThat(running.keys.signer(LIFETIME).kid()).isEqualTo(kid);
        }
    }

    @Test
    void import_intoAStoreWithoutKeys_isActiveAtOnce_forNoVerifierKnowsAnother() {
        try (Replica manager = Replica.open(db, clock, null, null)) {
            manager.keys.importKey(OWNER, pem);

            assertThat(manager.activeKid()).isEqualTo(kid);
            assertThat(manager.states()).hasSize(2);
        }
        try (Replica running = Replica.start(db, clock)) {
            assertThat(running.keys.signer(LIFETIME).kid()).isEqualTo(kid);
        }
    }

    @Test
    void import_twice_isConflict_whateverItHasBecome() {
        try (Replica running = Replica.start(db, clock)) {
            running.keys.importKey(OWNER, pem);
            for (String state : List.of("next", "active", "retired")) {
                conflict("it is " + state, () -> running.keys.importKey(OWNER, pem));
                clock.advance(Duration.ofMinutes(5));
                running.keys.rotate(OWNER, RotationMode.WHEN_KNOWN);
            }
        }
    }

    @Test
    void rotate_storeWithoutKeys_isConflict_andSaysWhatToDo() {
        try (Replica manager = Replica.open(db, clock, null, null)) {
            conflict("start the service once", () -> manager.keys.rotate(OWNER, RotationMode.NOW));
            assertThat(manager.states()).isEmpty();
        }
    }

    @Test
    void signingKeyFile_signs_whileTheStoresKeysStayPublished_andIsNotRotated() {
        List<String> stored;
        try (Replica running = Replica.start(db, clock)) {
            stored = running.publishedKids();
        }
        try (Replica withFile = Replica.open(db, clock, null, null);
                Replica manager = Replica.open(db, clock, null, null)) {
            withFile.keys.start(new ProviderKeyPairs(CorrettoProvider.load()).readPem(pem));

            assertThat(withFile.keys.signer(LIFETIME).kid()).isEqualTo(kid);
            assertThat(withFile.publishedKids()).containsExactly(kid, stored.get(0), stored.get(1));
            assertThat(withFile.states()).contains("active " + kid);
            for (RotationMode mode : RotationMode.values()) {
                conflict("--signing-key-file", () -> withFile.keys.rotate(OWNER, mode));
            }

            manager.keys.rotate(OWNER, RotationMode.NOW);
            withFile.keys.tick();
            assertThat(withFile.keys.signer(LIFETIME).kid()).isEqualTo(kid);
            assertThat(withFile.publishedKids()).hasSize(4).contains(manager.nextKid());
        }
    }

    private static void conflict(String message, ThrowingCallable call) {
        ServiceException failure = catchThrowableOfType(ServiceException.class, call);
        assertThat(failure).isNotNull().hasMessageContaining(message);
        assertThat(failure.kind()).isEqualTo(ErrorKind.CONFLICT);
    }
}
