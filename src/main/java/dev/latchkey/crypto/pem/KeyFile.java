package dev.latchkey.crypto.pem;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.file.SecretFileAccess;
import dev.latchkey.file.ShellWord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A small text file that holds a secret, a private key or certificates. What cannot be read fails with a {@link
 * ServiceException} of kind {@link ErrorKind#MISCONFIGURED}.
 *
 * @param kind how messages call it, as the beginning of a sentence without the article
 */
public record KeyFile(Path path, String kind) {
    private static final long LARGEST_SECRET = 64 * 1024L;
    private static final long LARGEST_CERTIFICATES = 256 * 1024L;
    /** A folder's modes are not judged: the command that mends a file would close it to other users. */
    private static final String FOLDER = "cannot be read: it is a folder; name a file in it";

    /** The text of a file that others can neither read nor change ({@link SecretFileAccess}), one character per byte. */
    public String readSecret() {
        try {
            Path opened = opened();
            if (Files.isDirectory(opened)) {
                throw failure(FOLDER);
            }
            Optional<String> problem = SecretFileAccess.problem(opened);
            if (problem.isPresent()) {
                throw failure(problem.get());
            }
            return text(opened, LARGEST_SECRET, "is too large for what it should hold");
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The first private key in the file, in PKCS#8; fails also where a passphrase protects it. */
    public byte[] readPkcs8() {
        String text = readSecret();
        if (Pem.hasEncryptedKey(text)) {
            throw failure(
                    "holds a private key that a passphrase protects; write it without one: (umask 077; openssl pkey "
                            + "-in " + ShellWord.of(path.toString()) + " -out NEW)");
        }
        try {
            return Pem.blocks(text).stream()
                    .filter(Pem.Block::isPrivateKey)
                    .findFirst()
                    .map(Pkcs8::of)
                    .orElseThrow(() -> failure(
                            text.contains(Pem.BEGIN_CERTIFICATE)
                                    ? "holds a certificate, and no private key; name the file of its private key"
                                    : "holds no PEM private key (\"BEGIN PRIVATE KEY\", \"BEGIN RSA PRIVATE KEY\" or "
                                            + "\"BEGIN EC PRIVATE KEY\")"));
        } catch (IllegalArgumentException e) {
            throw failure("holds a PEM block that cannot be read");
        }
    }

    /** All certificates in a file that all may read, in its order; at least one. */
    public List<X509Certificate> readCertificates() {
        try {
            List<Pem.Block> blocks =
                    Pem.blocks(text(path, LARGEST_CERTIFICATES, "is too large to hold certificates alone"));
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>();
            for (Pem.Block block : blocks) {
                if (block.label().equals("CERTIFICATE")) {
                    ByteArrayInputStream der = new ByteArrayInputStream(block.der());
                    certificates.add((X509Certificate) factory.generateCertificate(der));
                }
            }
            if (certificates.isEmpty()) {
                boolean privateKey = blocks.stream().anyMatch(Pem.Block::isPrivateKey);
                throw failure("holds no PEM certificate (\"BEGIN CERTIFICATE\")"
                        + (privateKey ? ", but a private key; name the file of its certificate" : ""));
            }
            return List.copyOf(certificates);
        } catch (IOException e) {
            throw unreadable(e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw failure("holds a certificate that cannot be read");
        }
    }

    /**
     * What the links lead to now is both judged and read, whatever they lead to a moment later. A pipe that a shell names
     * {@code /dev/fd/63} has no other path.
     */
    private Path opened() throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            if (Files.exists(path)) {
                return path;
            }
            throw e;
        }
    }

    private String text(Path opened, long largest, String tooLarge) throws IOException {
        if (Files.size(opened) > largest) {
            throw failure(tooLarge);
        }
        return Files.readString(opened, StandardCharsets.ISO_8859_1);
    }

    private ServiceException unreadable(IOException e) {
        if (e instanceof NoSuchFileException) {
            return failure("cannot be read: there is no such file; check its path");
        }
        if (e instanceof AccessDeniedException) {
            return failure("cannot be read: this process's user may not read it; give the file to that user, or to one"
                    + " of its groups with the mode 0440");
        }
        return failure(Files.isDirectory(path) ? FOLDER : "cannot be read");
    }

    /** What to tell the operator; {@code why} follows the file's name and never quotes what is in it. */
    public ServiceException failure(String why) {
        return ServiceException.misconfigured("The " + kind + " " + path + " " + why + ".");
    }
}
