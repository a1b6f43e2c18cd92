package dev.latchkey.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A certificate, most times for localhost and signed by itself.
 *
 * @param certificate public
 * @param privateKey its private key
 */
public record TestCertificate(X509Certificate certificate, PrivateKey privateKey) {
    private static final String LOCALHOST = "localhost";
    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2049-12-31T23:59:59Z");
    private static final Map<String, AlgorithmParameterSpec> KEYS = Map.of(
            "RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4),
            "EC", new ECGenParameterSpec("secp256r1"),
            "Ed25519", NamedParameterSpec.ED25519);

    /** A fresh one, valid from 2020 to 2049, that signs itself; {@code algorithm} is RSA, EC or Ed25519. */
    public static TestCertificate create(String algorithm) {
        return create(algorithm, KEYS.get(algorithm));
    }

    /** The same with a key of another size or curve. */
    public static TestCertificate create(String algorithm, AlgorithmParameterSpec size) {
        return make(LOCALHOST, algorithm, size, null, FROM, UNTIL);
    }

    /** The same with an EC key, valid at another time. */
    public static TestCertificate valid(Instant from, Instant until) {
        return make(LOCALHOST, "EC", KEYS.get("EC"), null, from, until);
    }

    /** An authority with an EC key; {@code issuer} signs its certificate, null = its own key does. */
    public static TestCertificate authority(String name, @Nullable TestCertificate issuer) {
        return make(name, "EC", KEYS.get("EC"), issuer, FROM, UNTIL);
    }

    /** A certificate for localhost with an EC key, signed by an authority. */
    public static TestCertificate signedBy(TestCertificate issuer) {
        return make(LOCALHOST, "EC", KEYS.get("EC"), issuer, FROM, UNTIL);
    }

    private static TestCertificate make(
            String name,
            String algorithm,
            AlgorithmParameterSpec size,
            @Nullable TestCertificate issuer,
            Instant from,
            Instant until) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            KeyPair pair = generator.generateKeyPair();
            CertificateMaker.Signer signer = issuer == null
                    ? new CertificateMaker.Signer(pair.getPrivate(), algorithm, name)
                    : new CertificateMaker.Signer(issuer.privateKey(), "EC", issuer.name());
            X509Certificate made = CertificateMaker.create(name, pair.getPublic(), signer, from, until);
            return new TestCertificate(made, pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("no certificate", e);
        }
    }

    private String name() {
        return certificate.getSubjectX500Principal().getName().substring("CN=".length());
    }

    /** The certificate as a PEM block. */
    public String pem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Puts the certificate in the place of a file, at one stroke. */
    public void writeCertificate(Path file) {
        replace(file, pem());
    }

    /** Puts the key in the place of a file, readable for its owner alone. */
    public void writeKey(Path file) {
        replace(file, pem("PRIVATE KEY", privateKey.getEncoded()));
    }

    /** Trusts this certificate and no other. */
    public SSLContext trust() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("a", certificate);
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A PEM block (RFC 7468). */
    public static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /** Writes a file that its owner alone can read in the place of another, so that each look sees a whole one. */
    public static void replace(Path file, String text) {
        try {
            Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "new", ".pem");
            Files.writeString(fresh, text);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
