package dev.latchkey.crypto.tls;

import dev.latchkey.crypto.pem.KeyFile;
import dev.latchkey.error.ErrorKind;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A certificate, the server's own, and a key store with its chain and private key in one entry, with an empty password. */
record TlsIdentity(KeyStore store, X509Certificate certificate) {
    /**
     * Reads both from PEM files; fails with {@link ErrorKind#MISCONFIGURED} when a file cannot be read, the key's is not
     * closed to others, the two do not fit together, or a key is too weak.
     */
    static TlsIdentity read(Path certificates, Path privateKey, Instant now) {
        KeyFile certificateFile = new KeyFile(certificates, "TLS certificate file");
        KeyFile keyFile = new KeyFile(privateKey, "TLS private key file");
        List<X509Certificate> all = certificateFile.readCertificates();
        TlsPrivateKey key = TlsPrivateKey.of(keyFile.readPkcs8())
                .orElseThrow(
                        () -> keyFile.failure(
                                "holds a private key that cannot be used: it takes RSA, EC on P-256, P-384 or P-521, or Ed25519"));
        List<X509Certificate> chain = CertificateChain.of(own(key, all, certificateFile, keyFile, now), all);
        for (X509Certificate certificate : chain) {
            Optional<String> weakness = CertificateChain.weakness(certificate);
            if (weakness.isPresent()) {
                throw certificateFile.failure("holds a certificate ("
                        + certificate.getSubjectX500Principal().getName() + ") that " + weakness.get());
            }
        }
        return new TlsIdentity(keyStore(key.key(), chain), chain.get(0));
    }

    /** The certificate of the key: the first one, or the first of those that have not expired. */
    private static X509Certificate own(
            TlsPrivateKey key, List<X509Certificate> all, KeyFile certificateFile, KeyFile keyFile, Instant now) {
        List<X509Certificate> fitting =
                all.stream().filter(each -> key.fits(each.getPublicKey())).toList();
        if (fitting.isEmpty()) {
            Optional<String> unsupported = unsupported(key, all);
            if (unsupported.isPresent()) {
                throw certificateFile.failure("is for a kind of key that is not supported (" + unsupported.get()
                        + "); it takes RSA, EC on P-256, P-384 or P-521, and Ed25519");
            }
            throw keyFile.failure("does not hold the private key of the first certificate in " + certificateFile.path()
                    + (all.size() > 1 ? ", nor of another one in it" : "")
                    + "; name the key that the certificate was made for");
        }
        return fitting.stream()
                .filter(each -> now.isBefore(each.getNotAfter().toInstant()))
                .findFirst()
                .orElse(fitting.get(0));
    }

    /** What kind of key the certificate of this key seems to be for, where that is none that is supported. */
    private static Optional<String> unsupported(TlsPrivateKey key, List<X509Certificate> all) {
        boolean none = all.stream().noneMatch(each -> TlsPrivateKey.isSupported(each.getPublicKey()));
        String algorithm = key.key().getAlgorithm();
        return all.stream()
                .map(X509Certificate::getPublicKey)
                .filter(each -> !TlsPrivateKey.isSupported(each))
                .map(PublicKey::getAlgorithm)
                .filter(each -> none || each.equals(algorithm))
                .map(each -> each.equals("EC") ? "EC on another curve" : each)
                .findFirst();
    }

    /** Why clients will refuse the certificate at this time, to follow the file's name; empty when they will not. */
    Optional<String> untimely(Instant now) {
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of("expired at " + certificate.getNotAfter().toInstant());
        }
        Instant begin = certificate.getNotBefore().toInstant();
        return now.isBefore(begin) ? Optional.of("is not valid before " + begin) : Optional.empty();
    }

    private static KeyStore keyStore(PrivateKey key, List<X509Certificate> chain) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("latchkey", key, new char[0], chain.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key store in memory takes every key and every chain in order", e);
        }
    }
}
