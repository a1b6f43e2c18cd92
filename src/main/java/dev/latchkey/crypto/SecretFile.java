package dev.latchkey.crypto;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** A small text file that holds a key and that nobody but its owner may read. */
record SecretFile(Path path, String kind) {
    private static final long LARGEST = 64 * 1024L;
    private static final Set<PosixFilePermission> FOR_OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    /**
     * The text, one character per byte.
     *
     * @throws LatchkeyException of kind {@link ErrorKind#MISCONFIGURED} when the file cannot be read, or others than its
     *     owner can
     */
    String read() {
        refuseIfOthersCanRead();
        try {
            if (Files.size(path) > LARGEST) {
                throw failure("is too large for what it should hold");
            }
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw failure("cannot be read");
        }
    }

    /**
     * The first private key in the file, in PKCS#8.
     *
     * @param labels which PEM blocks may hold it, as the operator is told
     * @throws LatchkeyException as above, or when there is none that can be read without a passphrase
     */
    byte[] readPkcs8(String labels) {
        String text = read();
        if (Pem.hasEncryptedKey(text)) {
            throw failure(
                    "holds a private key that a passphrase protects; write it without one: (umask 077; openssl pkey "
                            + "-in " + path + " -out NEW)");
        }
        try {
            return Pem.blocks(text).stream()
                    .filter(Pem.Block::isPrivateKey)
                    .findFirst()
                    .map(Pkcs8::of)
                    .orElseThrow(() -> failure("holds no PEM private key (" + labels + ")"));
        } catch (IllegalArgumentException e) {
            throw failure("holds a PEM block that cannot be read");
        }
    }

    /** What to tell the operator; {@code why} follows the file's name and never quotes what is in it. */
    LatchkeyException failure(String why) {
        return LatchkeyException.of(ErrorKind.MISCONFIGURED, "The " + kind + " " + path + " " + why + ".");
    }

    private void refuseIfOthersCanRead() {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (permissions.stream().anyMatch(FOR_OTHERS::contains)) {
                throw failure("can be read by others; run: chmod 600 " + path);
            }
        } catch (UnsupportedOperationException e) {
            return; // a file system without POSIX permissions keeps its own rules
        } catch (IOException e) {
            throw failure("cannot be read");
        }
    }
}
