package dev.latchkey.signingkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;

/** Files with master keys in them. */
final class MasterKeyFiles {
    private MasterKeyFiles() {}

    /** A file of 32 equal bytes, as openssl rand -base64 would write it. */
    static Path of(Path folder, int filledWith) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filledWith);
        return write(folder.resolve("master-" + filledWith), Base64.getEncoder().encodeToString(key) + "\n");
    }

    static Path write(Path file, String text) {
        try {
            Files.writeString(file, text);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
