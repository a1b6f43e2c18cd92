package dev.latchkey.crypto.pem;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A PEM file of certificates, which all may read.
 *
 * @param kind how messages call it, as the beginning of a sentence without the article
 */
public record CertificateFile(Path path, String kind) {
    private static final long LARGEST = 256 * 1024L;

    /**
     * All certificates in the file, in its order; at least one.
     *
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when there is none, or one cannot be read
     */
    public List<X509Certificate> read() {
        try {
            if (Files.size(path) > LARGEST) {
                throw failure("is too large to hold certificates alone");
            }
            String text = Files.readString(path, StandardCharsets.ISO_8859_1);
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>();
            boolean privateKey = false;
            for (Pem.Block block : Pem.blocks(text)) {
                privateKey |= block.isPrivateKey();
                if (block.label().equals(Pem.CERTIFICATE)) {
                    ByteArrayInputStream der = new ByteArrayInputStream(block.der());
                    certificates.add((X509Certificate) factory.generateCertificate(der));
                }
            }
            if (certificates.isEmpty()) {
                throw failure("holds no PEM certificate (\"BEGIN CERTIFICATE\")"
                        + (privateKey ? ", but a private key; name the file of its certificate" : ""));
            }
            return List.copyOf(certificates);
        } catch (IOException e) {
            throw failure(Unreadable.reason(path, e));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw failure("holds a certificate that cannot be read");
        }
    }

    /** What to tell the operator; {@code why} follows the file's name. */
    public ServiceException failure(String why) {
        return ServiceException.of(ErrorKind.MISCONFIGURED, "The " + kind + " " + path + " " + why + ".");
    }
}
