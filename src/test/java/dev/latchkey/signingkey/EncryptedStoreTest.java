package dev.latchkey.signingkey;

import static dev.latchkey.signingkey.Replica.LIFETIME;
import static dev.latchkey.signingkey.Replica.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.crypto.MasterKey;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.harness.StderrCapture;
import dev.latchkey.signingkey.SigningKeyPair.PrivateKeyBytes;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a master key does to a store, and to those who lack it. */
class EncryptedStoreTest {
    private static final String NOT_GIVEN = "are encrypted with a master key, and none was given";
    private static final String ANOTHER = "does not open the private signing keys of this store";

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private Path db;
    private Path right;
    private Path wrong;

    @BeforeEach
    void files() {
        db = folder.resolve("test.db");
        right = MasterKeyFiles.of(folder, 1);
        wrong = MasterKeyFiles.of(folder, 2);
    }

    @Test
    void newStore_isEncryptedFromTheBeginning_andOpensAgain() throws IOException {
        String signer;
        try (Replica first = start(right)) {
            signer = first.keys.signer(LIFETIME).kid();
            assertNothingPlain(first.store().signingKeys().privateKeys().values().stream());
        }

        try (Replica again = start(right)) {
            assertThat(again.keys.signer(LIFETIME).kid()).isEqualTo(signer);
        }
    }

    @Test
    void plainStore_isEncryptedInPlace_andNoByteOfItIsLeft() throws IOException {
        List<byte[]> traces = new ArrayList<>();
        String signer;
        try (Replica plain = start(null)) {
            plain.keys.rotate(OWNER, RotationMode.NOW);
            plain.store().signingKeys().privateKeys().values().forEach(key -> traces.addAll(tracesOf(key)));
            signer = plain.keys.signer(LIFETIME).kid();
            assertThat(filesThatHold(traces)).isNotEmpty();
        }

        try (Replica encrypted = start(right)) {
            assertThat(filesThatHold(traces)).isEmpty();
            assertThat(encrypted.keys.signer(LIFETIME).kid()).isEqualTo(signer);
            assertThat(encrypted.store().signingKeys().privateKeys()).hasSize(3);
            assertNothingPlain(encrypted.store().signingKeys().privateKeys().values().stream());
        }
        assertThat(filesThatHold(traces)).isEmpty();
    }

    @Test
    void plainStore_inUseByAnother_isEncryptedToo() throws IOException {
        List<byte[]> traces = new ArrayList<>();
        try (Replica plain = start(null)) {
            plain.store().signingKeys().privateKeys().values().forEach(key -> traces.addAll(tracesOf(key)));

            try (Replica encrypting = start(right)) {
                assertThat(encrypting.keys.signer(LIFETIME).kid())
                        .isEqualTo(plain.keys.signer(LIFETIME).kid());
                assertThat(filesThatHold(traces)).isEmpty();
            }
        }
    }

    @Test
    void droppedKey_leavesNoByteInTheFile() throws IOException {
        try (Replica plain = start(null)) {
            List<byte[]> traces =
                    tracesOf(plain.store().signingKeys().privateKeys().get(plain.activeKid()));
            plain.keys.rotate(OWNER, RotationMode.COMPROMISED);
            plain.store().signingKeys().wipeOverwritten();

            assertThat(filesThatHold(traces)).isEmpty();
        }
    }

    @Test
    void eachKey_hasANonceOfItsOwn_andOpensInNoOthersPlace() {
        MasterKey key = MasterKey.read(right);
        PrivateKeyBytes bytes = new PrivateKeyBytes(new byte[] {1, 2, 3});
        var texts = new HashSet<String>();
        for (int i = 0; i < 100; i++) {
            texts.add(key.seal("kid", bytes).text());
        }

        assertThat(texts).hasSize(100);
        StoredPrivateKey sealed = key.seal("kid", bytes);
        assertThat(key.open("kid", sealed).pkcs8()).containsExactly(1, 2, 3);
        misconfigured(ANOTHER, () -> key.open("other", sealed));
        misconfigured(ANOTHER, () -> key.open("kid", new StoredPrivateKey("enc1:AAAA")));
        misconfigured(ANOTHER, () -> key.open("kid", new StoredPrivateKey("enc1:no base64")));
        assertThat(sealed.toString() + bytes + key).doesNotContain(sealed.text());
    }

    @Test
    void encryptedStore_withoutOrWithAnotherMasterKey_doesNotStart_andStaysAsItIs() {
        List<String> before;
        try (Replica first = start(right)) {
            before = first.states();
        }

        misconfigured(NOT_GIVEN, () -> start(null));
        misconfigured(ANOTHER, () -> start(wrong));

        try (Replica again = start(right)) {
            assertThat(again.states()).isEqualTo(before);
        }
    }

    @Test
    void managing_anEncryptedStore_needsTheMasterKeyForAChange_andNoneForALook() {
        Path pem = folder.resolve("new.pem");
        try (Replica running = start(right);
                Replica none = open(null);
                Replica another = open(wrong);
                Replica same = open(right)) {
            PemFiles.write(pem, 2048);
            assertThat(none.states()).isEqualTo(running.states()).isEqualTo(another.states());
            assertThat(SigningKeys.published(none.store().signingKeys(), clock.instant()))
                    .isEqualTo(running.keys.published());
            for (RotationMode mode : RotationMode.values()) {
                clock.advance(Duration.ofMinutes(5));
                misconfigured(NOT_GIVEN, () -> none.keys.rotate(OWNER, mode));
                misconfigured(ANOTHER, () -> another.keys.rotate(OWNER, mode));
            }
            misconfigured(NOT_GIVEN, () -> none.keys.importKey(OWNER, pem));
            misconfigured(ANOTHER, () -> another.keys.importKey(OWNER, pem));

            same.keys.rotate(OWNER, RotationMode.WHEN_KNOWN);
            running.keys.tick();
            assertThat(running.keys.signer(LIFETIME).kid()).isEqualTo(same.activeKid());
        }
    }

    @Test
    void managing_aPlainStoreWithAMasterKey_isRefused_forOthersRunWithoutIt() {
        try (Replica running = start(null);
                Replica eager = open(right)) {
            List<String> before = running.states();
            misconfigured("are not encrypted yet", () -> eager.keys.rotate(OWNER, RotationMode.NOW));

            assertThat(eager.states()).isEqualTo(before);
        }
    }

    @Test
    void changeMasterKey_opensWithTheNewOneAlone() {
        try (Replica old = start(right)) {
            old.keys.changeMasterKey(OWNER, MasterKey.read(wrong));
            misconfigured(ANOTHER, () -> start(right));
            misconfigured(NOT_GIVEN, () -> start(null));

            try (Replica renewed = start(wrong)) {
                assertThat(renewed.keys.signer(LIFETIME).kid())
                        .isEqualTo(old.keys.signer(LIFETIME).kid());
            }
        }
    }

    @Test
    void changeMasterKey_withAnotherThanTheStores_changesNothing() {
        try (Replica first = start(right);
                Replica another = open(wrong);
                Replica none = open(null)) {
            var before = first.store().signingKeys().privateKeys();
            misconfigured(ANOTHER, () -> another.keys.changeMasterKey(OWNER, MasterKey.read(wrong)));
            misconfigured(NOT_GIVEN, () -> none.keys.changeMasterKey(OWNER, MasterKey.read(wrong)));

            assertThat(first.store().signingKeys().privateKeys()).isEqualTo(before);
        }
    }

    @Test
    void aServiceThatCannotOpenTheActiveKey_signsNothing_andPublishesAll() {
        try (Replica running = start(right)) {
            String first = running.keys.signer(LIFETIME).kid();
            running.keys.changeMasterKey(OWNER, MasterKey.read(wrong));
            try (Replica manager = open(wrong)) {
                clock.advance(Duration.ofMinutes(5));
                manager.keys.rotate(OWNER, RotationMode.WHEN_KNOWN);
                running.keys.tick();
                assertThat(running.keys.signer(LIFETIME).kid())
                        .isNotEqualTo(first)
                        .isEqualTo(manager.activeKid());

                clock.advance(Duration.ofMinutes(5));
                manager.keys.rotate(OWNER, RotationMode.WHEN_KNOWN);
                running.keys.tick();
                running.keys.tick();
                ServiceException failure =
                        catchThrowableOfType(ServiceException.class, () -> running.keys.signer(LIFETIME));
                assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
                assertThat(running.publishedKids()).hasSize(4).contains(manager.activeKid());
            }
        }
    }

    private Replica open(@Nullable Path masterKey) {
        return Replica.open(db, clock, masterKey, null);
    }

    private Replica start(@Nullable Path masterKey) {
        return open(masterKey).started();
    }

    private static void assertNothingPlain(Stream<StoredPrivateKey> stored) {
        assertThat(stored).isNotEmpty().allSatisfy(key -> assertThat(key.text()).startsWith("enc1:"));
    }

    /** Parts from the middle of the private key, in base64 as it is stored and as bytes. */
    private static List<byte[]> tracesOf(@Nullable StoredPrivateKey key) {
        assertThat(key).isNotNull();
        String text = key.text();
        byte[] der = Base64.getDecoder().decode(text);
        List<byte[]> traces = new ArrayList<>();
        for (int at = 200; at + 60 < text.length(); at += 60) {
            traces.add(text.substring(at, at + 24).getBytes(StandardCharsets.US_ASCII));
        }
        for (int at = 300; at + 60 < der.length; at += 60) {
            traces.add(Arrays.copyOfRange(der, at, at + 16));
        }
        return traces;
    }

    private List<String> filesThatHold(List<byte[]> traces) throws IOException {
        List<String> found = new ArrayList<>();
        for (String end : List.of("", "-wal", "-shm", "-journal")) {
            Path file = Path.of(db + end);
            if (Files.exists(file)) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (traces.stream().anyMatch(part -> bytes.contains(new String(part, StandardCharsets.ISO_8859_1)))) {
                    found.add(file.toString());
                }
            }
        }
        return found;
    }

    private static void misconfigured(String message, ThrowingCallable call) {
        ServiceException failure = catchThrowableOfType(ServiceException.class, call);
        assertThat(failure).isNotNull().hasMessageContaining(message).hasMessageContaining("--master-key-file");
        assertThat(failure.kind()).isEqualTo(ErrorKind.MISCONFIGURED);
    }

    /** There is no way back but the file: a person who gives it for a trial is told. */
    @Test
    void plainStore_thatIsEncrypted_isSaidOnce_andANewOneIsNot() throws Exception {
        String said = "were not encrypted, and are from now on";
        start(null).close();

        assertThat(StderrCapture.of(() -> start(right).close())).containsOnlyOnce(said);
        assertThat(StderrCapture.of(() -> start(right).close())).doesNotContain(said);
        db = folder.resolve("new.db");
        assertThat(StderrCapture.of(() -> start(right).close())).doesNotContain(said);
    }
}
