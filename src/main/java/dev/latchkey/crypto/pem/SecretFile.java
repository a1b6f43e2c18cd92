package dev.latchkey.crypto.pem;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.file.SecretFileAccess;
import dev.latchkey.file.ShellWord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A small text file that holds a key, and that others can neither read nor change ({@link SecretFileAccess}).
 *
 * @param kind how messages call it
 */
public record SecretFile(Path path, String kind) {
    private static final long LARGEST = 64 * 1024L;

    /**
     * The text, one character per byte.
     *
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when the file cannot be read, or is not closed to
     *     others
     */
    public String read() {
        try {
            Path opened = opened();
            if (Files.isDirectory(opened)) {
                throw failure(Unreadable.FOLDER);
            }
            Optional<String> problem = SecretFileAccess.problem(opened);
            if (problem.isPresent()) {
                throw failure(problem.get());
            }
            if (Files.size(opened) > LARGEST) {
                throw failure("is too large for what it should hold");
            }
            return Files.readString(opened, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw failure(Unreadable.reason(path, e));
        }
    }

    /**
     * The first private key in the file, in PKCS#8.
     *
     * @param labels which PEM blocks may hold it, as the operator is told
     * @throws ServiceException as above, or when there is none that can be read without a passphrase
     */
    public byte[] readPkcs8(String labels) {
        String text = read();
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
                                    : "holds no PEM private key (" + labels + ")"));
        } catch (IllegalArgumentException e) {
            throw failure("holds a PEM block that cannot be read");
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

    /** What to tell the operator; {@code why} follows the file's name and never quotes what is in it. */
    public ServiceException failure(String why) {
        return ServiceException.of(ErrorKind.MISCONFIGURED, "The " + kind + " " + path + " " + why + ".");
    }
}
