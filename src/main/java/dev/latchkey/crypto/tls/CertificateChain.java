package dev.latchkey.crypto.tls;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts the certificates of a file into the order in which TLS shows them (RFC 8446 §4.4.2). */
final class CertificateChain {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 256;

    private CertificateChain() {}

    /**
     * The server's own certificate, then the one that signed it, and so on as far as the file has them. What is there
     * twice is shown once; what signed nothing in the chain is left out.
     */
    static List<X509Certificate> of(X509Certificate own, List<X509Certificate> certificates) {
        Set<X509Certificate> rest = new LinkedHashSet<>(certificates);
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(own);
        while (next.isPresent()) {
            chain.add(next.get());
            rest.remove(next.get());
            next = signerOf(next.get(), rest);
        }
        return List.copyOf(chain);
    }

    /** Of two authorities with one name, the one whose key has signed. */
    private static Optional<X509Certificate> signerOf(X509Certificate signed, Set<X509Certificate> candidates) {
        List<X509Certificate> named = candidates.stream()
                .filter(candidate -> candidate.getSubjectX500Principal().equals(signed.getIssuerX500Principal()))
                .toList();
        return named.stream()
                .filter(candidate -> isSignedBy(signed, candidate))
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    private static boolean isSignedBy(X509Certificate signed, X509Certificate signer) {
        try {
            signed.verify(signer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** What makes a certificate's key too weak, to follow the certificate; empty when nothing does. */
    static Optional<String> weakness(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            return Optional.of("has an RSA key of " + rsa.getModulus().bitLength() + " bits, and needs at least "
                    + LEAST_RSA_BITS);
        }
        if (key instanceof ECKey ec && ec.getParams().getOrder().bitLength() < LEAST_EC_BITS) {
            return Optional.of("has an EC key of " + ec.getParams().getOrder().bitLength()
                    + " bits, and needs at least " + LEAST_EC_BITS);
        }
        return Optional.empty();
    }
}
