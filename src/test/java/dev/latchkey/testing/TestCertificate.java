package dev.latchkey.testing;

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
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for localhost that signs itself.
 *
 * @param certificate public
 * @param privateKey its private key
 */
public record TestCertificate(X509Certificate certificate, PrivateKey privateKey) {
    private static final Map<String, AlgorithmParameterSpec> KEYS = Map.of(
            "RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4),
            "EC", new ECGenParameterSpec("secp256r1"),
            "Ed25519", NamedParameterSpec.ED25519);

    /** A fresh one; {@code algorithm} is RSA, EC or Ed25519. */
    public static TestCertificate create(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(KEYS.get(algorithm));
            KeyPair pair = generator.generateKeyPair();
            return new TestCertificate(SelfSigned.create(pair, algorithm), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("no certificate", e);
        }
    }

    /** Puts the certificate in the place of a file, at one stroke. */
    public void writeCertificate(Path file) {
        try {
            replace(file, pem("CERTIFICATE", certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
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
