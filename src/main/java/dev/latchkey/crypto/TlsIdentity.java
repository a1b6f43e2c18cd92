package dev.latchkey.crypto;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/** Reads a certificate with its chain, and the private key that belongs to it, from PEM files. */
final class TlsIdentity {
    private static final long LARGEST_CHAIN = 256 * 1024L;
    private static final String KEY_LABELS =
            "\"BEGIN PRIVATE KEY\", \"BEGIN RSA PRIVATE KEY\" or \"BEGIN EC PRIVATE KEY\"";
    private static final byte[] PROBE = {'l', 'a', 't', 'c', 'h', 'k', 'e', 'y'};

    private TlsIdentity() {}

    /**
     * A key store with both in one entry and an empty password.
     *
     * @throws LatchkeyException of kind {@link ErrorKind#MISCONFIGURED} when a file cannot be read, the key's is readable
     *     for others than its owner, or the two do not fit together
     */
    static KeyStore read(Path certificateFile, Path keyFile) {
        Certificate[] chain = chain(certificateFile);
        SecretFile file = new SecretFile(keyFile, "TLS private key file");
        byte[] pkcs8 = file.readPkcs8(KEY_LABELS);
        PublicKey publicKey = chain[0].getPublicKey();
        try {
            PrivateKey key =
                    KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (!fits(key, publicKey)) {
                throw mismatch(file, certificateFile);
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("latchkey", key, new char[0], chain);
            return store;
        } catch (GeneralSecurityException e) {
            throw mismatch(file, certificateFile);
        } catch (IOException e) {
            throw new IllegalStateException("an empty key store is read from nothing", e);
        }
    }

    private static Certificate[] chain(Path file) {
        try {
            if (Files.size(file) > LARGEST_CHAIN) {
                throw unusable(file, "is too large to be a certificate with its chain");
            }
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<Certificate> chain = new ArrayList<>();
            for (Pem.Block block : Pem.blocks(Files.readString(file, StandardCharsets.ISO_8859_1))) {
                if (block.label().equals(Pem.CERTIFICATE)) {
                    chain.add(factory.generateCertificate(new ByteArrayInputStream(block.der())));
                }
            }
            if (chain.isEmpty()) {
                throw unusable(file, "holds no PEM certificate (\"BEGIN CERTIFICATE\")");
            }
            return chain.toArray(Certificate[]::new);
        } catch (IOException e) {
            throw unusable(file, "cannot be read");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(file, "holds a certificate that cannot be read");
        }
    }

    private static boolean fits(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithmOf(publicKey));
        signature.initSign(privateKey);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    private static String algorithmOf(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    private static LatchkeyException mismatch(SecretFile key, Path certificate) {
        return key.failure("does not hold the private key of the first certificate in " + certificate
                + "; the server's own certificate must stand before those that signed it");
    }

    private static LatchkeyException unusable(Path file, String why) {
        return LatchkeyException.of(ErrorKind.MISCONFIGURED, "The TLS certificate file " + file + " " + why + ".");
    }
}
