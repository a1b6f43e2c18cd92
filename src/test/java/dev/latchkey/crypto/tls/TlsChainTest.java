package dev.latchkey.crypto.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.harness.StderrCapture;
import dev.latchkey.harness.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order a file's certificates are shown, which ones are too weak, and what is said of those out of time. */
class TlsChainTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MutableClock clock = new MutableClock(NOW);
    private final TestCertificate root = TestCertificate.authority("root", null);
    private final TestCertificate middle = TestCertificate.authority("middle", root);
    private final TestCertificate leaf = TestCertificate.signedBy(middle);

    @TempDir
    Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void name() {
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        leaf.writeKey(key);
    }

    @Test
    void chain_leafTwice_isShownOnce() throws KeyStoreException {
        write(leaf, leaf, middle);

        assertThat(shown()).containsExactly(leaf.certificate(), middle.certificate());
    }

    @Test
    void chain_inAnyOrder_isShownFromTheLeafUp() throws KeyStoreException {
        for (TestCertificate[] order : new TestCertificate[][] {
            {leaf, middle, root}, {leaf, root, middle}, {root, middle, leaf}, {middle, leaf, root}, {middle, root, leaf}
        }) {
            write(order);

            assertThat(shown()).containsExactly(leaf.certificate(), middle.certificate(), root.certificate());
        }
    }

    @Test
    void chain_withACertificateThatSignedNothingInIt_isShownWithout() throws KeyStoreException {
        write(leaf, TestCertificate.authority("stranger", null), middle);

        assertThat(shown()).containsExactly(leaf.certificate(), middle.certificate());
    }

    @Test
    void chain_twoAuthoritiesOfOneName_showsTheOneThatSigned() throws KeyStoreException {
        write(leaf, TestCertificate.authority("middle", root), middle);

        assertThat(shown()).startsWith(leaf.certificate(), middle.certificate());
    }

    @Test
    void key_ofNoCertificateInTheFile_namesBothFiles() {
        write(TestCertificate.signedBy(middle), middle);

        refused("private key file " + key + " does not hold the private key of the first certificate in " + certificate
                + ", nor of another one in it");
    }

    @Test
    void filesExchanged_isSaid() throws IOException {
        write(leaf);
        Path swapped = Files.copy(certificate, folder.resolve("swapped.pem"));
        Files.setPosixFilePermissions(swapped, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> new TlsFiles(key, swapped, clock)).hasMessageContaining("but a private key");
        assertThatThrownBy(() -> new TlsFiles(certificate, swapped, clock))
                .hasMessageContaining("holds a certificate, and no private key");
    }

    @Test
    void missingAndUnreadable_areToldApart() throws IOException {
        assertThatThrownBy(() -> new TlsFiles(certificate, key, clock)).hasMessageContaining("there is no such file");
        Files.createDirectory(certificate);
        assertThatThrownBy(() -> new TlsFiles(certificate, key, clock)).hasMessageContaining("it is a folder");
    }

    @Test
    void weakKeys_areRefused_andNamed() {
        weak("RSA", new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4), "an RSA key of 1024 bits");
    }

    @Test
    void keysJustStrongEnough_areTaken() throws Exception {
        for (String curve : new String[] {"secp256r1", "secp384r1", "secp521r1"}) {
            TestCertificate made = TestCertificate.create("EC", new ECGenParameterSpec(curve));
            made.writeKey(key);
            write(made);
            assertThat(shown()).containsExactly(made.certificate());
        }
    }

    @Test
    void expired_orNotYetValid_isShown() throws KeyStoreException {
        for (TestCertificate untimely : new TestCertificate[] {
            TestCertificate.valid(NOW.minus(Duration.ofDays(90)), NOW.minusSeconds(1)),
            TestCertificate.valid(NOW.plusSeconds(1), NOW.plus(Duration.ofDays(90)))
        }) {
            untimely.writeKey(key);
            write(untimely);
            assertThat(shown()).containsExactly(untimely.certificate());
        }
    }

    @Test
    void untimely_hasItsEdgesWhereTheCertificateHasThem() {
        TestCertificate made = TestCertificate.valid(NOW, NOW.plusSeconds(60));
        made.writeKey(key);
        write(made);
        TlsIdentity identity = TlsIdentity.read(certificate, key, NOW);

        assertThat(identity.untimely(NOW.minusMillis(1))).contains("is not valid before " + NOW);
        assertThat(identity.untimely(NOW)).isEmpty();
        assertThat(identity.untimely(NOW.plusSeconds(60))).isEmpty();
        assertThat(identity.untimely(NOW.plusSeconds(60).plusMillis(1))).contains("expired at " + NOW.plusSeconds(60));
    }

    private void weak(String algorithm, AlgorithmParameterSpec size, String why) {
        TestCertificate made = TestCertificate.create(algorithm, size);
        made.writeKey(key);
        write(made);
        refused(why);
    }

    private void write(TestCertificate... certificates) {
        StringBuilder text = new StringBuilder();
        for (TestCertificate each : certificates) {
            text.append(each.pem());
        }
        TestCertificate.replace(certificate, text.toString());
    }

    private Certificate[] shown() throws KeyStoreException {
        return new TlsFiles(certificate, key, clock).current().getCertificateChain("latchkey");
    }

    private void refused(String why) {
        assertThatThrownBy(() -> new TlsFiles(certificate, key, clock))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining(why);
    }

    @Test
    void untimely_isWarnedOfOnce_alsoWhenItExpiresInUse_andWhenAnotherComes() throws Exception {
        TestCertificate made = TestCertificate.valid(NOW.minusSeconds(60), NOW.plusSeconds(60));
        made.writeKey(key);
        write(made);
        TlsFiles files = new TlsFiles(certificate, key, clock);

        assertThat(StderrCapture.of(files::renewed)).isEmpty();
        clock.advance(Duration.ofSeconds(61));
        assertThat(StderrCapture.of(files::renewed)).contains("expired at").contains("clients will refuse it");
        assertThat(StderrCapture.of(files::renewed)).isEmpty();
        assertThat(StderrCapture.of(() -> new TlsFiles(certificate, key, clock)))
                .contains("expired at");
    }
}
