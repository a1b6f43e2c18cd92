package dev.latchkey.crypto.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.harness.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificates and keys are taken, and when a renewed pair is. */
class TlsFilesTest {
    /** A certificate on the curve secp256k1, which the Java platform has no more, and its private key. */
    private static final String OTHER_CURVE =
            "MIIBbDCCARKgAwIBAgIUIBC1kpXMEimz1Xwy5KtSSWYgUXwwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBeDAgFw0yNj"
                    + "ExMzAwMzIxMDZaGA8yMTI2MTEwNjAzMjEwNlowDDEKMAgGA1UEAwwBeDBWMBAGByqGSM49AgEGBSuBBAAKA0IABFW2"
                    + "e/KLNozgQCFOfTyl5MNxcFHiTbKU3vLSaOUt+f7NlSZeAjsZF/aD9r5/8yfPqmMisShV0+a9vKGhhLHGFx+jUzBRMB"
                    + "0GA1UdDgQWBBQHUa3JsGSqC//ce8sV4pCls05tUDAfBgNVHSMEGDAWgBQHUa3JsGSqC//ce8sV4pCls05tUDAPBgNV"
                    + "HRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIB8wBh5dwQRK8/565L640ADSxq8vun3gIyCiQJiTQ5u8AiEAu5"
                    + "k7CxHXrdNa9uF1Y1+bMOLQ5S45LPt6lPiDZ+CFwTA=";

    private static final String OTHER_CURVE_KEY =
            "MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgKoSHmR/eHXZnY/f+EQ81m2Xs1SPFdixjSMACaqCWBs2hRA"
                    + "NCAARVtnvyizaM4EAhTn08peTDcXBR4k2ylN7y0mjlLfn+zZUmXgI7GRf2g/a+f/Mnz6pjIrEoVdPmvbyhoYSxxhcf";

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private Path certificate;
    private Path key;

    @BeforeEach
    void name() {
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void pkcs8_ofEachAlgorithm_isTaken(String algorithm) throws GeneralSecurityException {
        TestCertificate made = write(algorithm);

        assertThat(shown(files().current())).isEqualTo(made.certificate());
    }

    @Test
    void pkcs1_isTaken() throws GeneralSecurityException {
        TestCertificate made = write("RSA");
        byte[] pkcs8 = made.privateKey().getEncoded();
        TestCertificate.replace(
                key, TestCertificate.pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length)));

        assertThat(shown(files().current())).isEqualTo(made.certificate());
    }

    /** As {@code openssl ecparam -genkey} writes it: SEC 1, with the curve said twice. */
    @Test
    void sec1_isTaken() throws GeneralSecurityException {
        TestCertificate made = write("EC");
        String curve = TestCertificate.pem("EC PARAMETERS", curveOf(made));
        TestCertificate.replace(key, curve + TestCertificate.pem("EC PRIVATE KEY", sec1(made)));

        assertThat(shown(files().current())).isEqualTo(made.certificate());
    }

    @Test
    void sec1_withoutACurve_orCutOff_isRefused() {
        TestCertificate made = write("EC");
        byte[] whole = sec1(made);
        for (int length = 0; length < whole.length; length++) {
            TestCertificate.replace(key, TestCertificate.pem("EC PRIVATE KEY", Arrays.copyOf(whole, length)));
            refused("key.pem");
        }
    }

    @Test
    void chain_isShownWhole_andTextAroundTheBlocksIsPassedOver() throws IOException, GeneralSecurityException {
        TestCertificate made = write("EC");
        TestCertificate other = TestCertificate.create("EC");
        String text = "subject=CN=localhost\n" + Files.readString(certificate) + "\nissuer=…\n"
                + TestCertificate.pem("CERTIFICATE", other.certificate().getEncoded());
        TestCertificate.replace(certificate, text);

        KeyStore store = files().current();

        assertThat(store.getCertificateChain("latchkey")).containsExactly(made.certificate(), other.certificate());
    }

    @Test
    void unusableFiles_areRefused_andNamed() throws IOException {
        write("EC");
        TestCertificate.replace(certificate, "nothing");
        refused("holds no PEM certificate");
        TestCertificate.replace(certificate, TestCertificate.pem("CERTIFICATE", new byte[] {1, 2, 3}));
        refused("holds a certificate that cannot be read");
        TestCertificate.create("EC").writeCertificate(certificate);
        refused("does not hold the private key of the first certificate");
        TestCertificate.create("RSA").writeCertificate(certificate);
        refused("does not hold the private key of the first certificate");
        TestCertificate.replace(key, TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}));
        refused("a passphrase protects");
        TestCertificate.replace(
                key, "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\nAAAA\n-----END RSA");
        refused("a passphrase protects");
        TestCertificate.replace(key, "nothing");
        refused("holds no PEM private key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        refused("chmod 600");
        Files.delete(key);
        refused("cannot be read");
        Files.delete(certificate);
        refused("cannot be read");
    }

    /** The key is the right one, and is not blamed. */
    @Test
    void anotherCurve_isNamed_alsoWithTheCertificateOfAnAuthority() {
        TestCertificate authority = TestCertificate.authority("ca", null);
        String whole = TestCertificate.pem("CERTIFICATE", Base64.getDecoder().decode(OTHER_CURVE));
        TestCertificate.replace(
                key, TestCertificate.pem("PRIVATE KEY", Base64.getDecoder().decode(OTHER_CURVE_KEY)));
        for (String chain : List.of(whole, whole + encoded(authority), encoded(authority) + whole)) {
            TestCertificate.replace(certificate, chain);
            refused("cert.pem is for a kind of key that is not supported (EC on another curve)");
        }
    }

    private static String encoded(TestCertificate certificate) {
        try {
            return TestCertificate.pem("CERTIFICATE", certificate.certificate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void renewed_withoutAChange_isNothing() {
        write("EC");
        TlsFiles files = files();

        assertThat(files.renewed()).isEmpty();
        assertThat(files.renewed()).isEmpty();
    }

    @Test
    void renewed_certificateFirstKeyLater_isTakenWhenBothAreThere() throws GeneralSecurityException {
        TestCertificate old = write("EC");
        TlsFiles files = files();
        TestCertificate fresh = TestCertificate.create("RSA");

        fresh.writeCertificate(certificate);
        assertThat(files.renewed()).isEmpty();
        assertThat(files.renewed()).isEmpty();
        assertThat(shown(files.current())).isEqualTo(old.certificate());

        fresh.writeKey(key);
        Optional<KeyStore> renewed = files.renewed();
        assertThat(renewed).isPresent();
        assertThat(shown(renewed.orElseThrow())).isEqualTo(fresh.certificate());
        assertThat(shown(files.current())).isEqualTo(fresh.certificate());
        assertThat(files.renewed()).isEmpty();
    }

    @Test
    void renewed_brokenThenMended_keepsTheOldOneMeanwhile() throws IOException, GeneralSecurityException {
        TestCertificate old = write("EC");
        TlsFiles files = files();

        Files.delete(certificate);
        assertThat(files.renewed()).isEmpty();
        TestCertificate.replace(certificate, "-----BEGIN CERTIFICATE-----\nMIIB");
        assertThat(files.renewed()).isEmpty();
        assertThat(shown(files.current())).isEqualTo(old.certificate());
        TestCertificate fresh = write("EC");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw----r--"));
        assertThat(files.renewed()).isEmpty();

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThat(shown(files.renewed().orElseThrow())).isEqualTo(fresh.certificate());
    }

    private TlsFiles files() {
        return new TlsFiles(certificate, key, clock);
    }

    private TestCertificate write(String algorithm) {
        TestCertificate made = TestCertificate.create(algorithm);
        made.writeCertificate(certificate);
        made.writeKey(key);
        return made;
    }

    private void refused(String why) {
        assertThatThrownBy(() -> files())
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.MISCONFIGURED))
                .hasMessageContaining(why);
    }

    private static Certificate shown(KeyStore store) throws GeneralSecurityException {
        return store.getCertificate("latchkey");
    }

    /** The curve's object identifier, which PKCS#8 has at a fixed place for a P-256 or P-384 key. */
    private static byte[] curveOf(TestCertificate made) {
        byte[] pkcs8 = made.privateKey().getEncoded();
        int start = 16;
        while (pkcs8[start] != 0x06) {
            start++;
        }
        return Arrays.copyOfRange(pkcs8, start, start + 2 + pkcs8[start + 1]);
    }

    private static byte[] sec1(TestCertificate made) {
        byte[] curve = curveOf(made);
        ECPrivateKey key = (ECPrivateKey) made.privateKey();
        int size = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        byte[] number = key.getS().toByteArray();
        byte[] secret = new byte[size];
        int length = Math.min(size, number.length);
        System.arraycopy(number, number.length - length, secret, size - length, length);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {0x02, 0x01, 0x01, 0x04, (byte) size});
        body.writeBytes(secret);
        body.writeBytes(new byte[] {(byte) 0xA0, (byte) curve.length});
        body.writeBytes(curve);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(new byte[] {0x30, (byte) body.size()});
        whole.writeBytes(body.toByteArray());
        return whole.toByteArray();
    }
}
