package dev.latchkey.crypto;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads private keys from PEM files (RFC 7468) that nobody but their owner may read. */
final class PemFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (RSA PRIVATE KEY|PRIVATE KEY)-----\\s+([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final long LARGEST = 64 * 1024L;
    private static final Set<PosixFilePermission> FOR_OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    /** The PKCS#8 header of an RSA key: version 0 and the algorithm rsaEncryption (RFC 8017 A.1). */
    private static final byte[] RSA_HEADER = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0D,
        0x06,
        0x09,
        0x2A,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xF7,
        0x0D,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private PemFile() {}

    /** The first RSA private key in the file, as PKCS#8 DER. */
    static byte[] readRsaPrivateKey(Path file) {
        refuseIfOthersCanRead(file);
        Matcher block = BLOCK.matcher(read(file));
        if (!block.find()) {
            throw failure(
                    file,
                    "holds no unencrypted PEM private key (\"BEGIN PRIVATE KEY\" or \"BEGIN RSA PRIVATE " + "KEY\")");
        }
        byte[] der = decode(file, block.group(2));
        return block.group(1).equals("PRIVATE KEY") ? der : wrap(der);
    }

    private static void refuseIfOthersCanRead(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(FOR_OTHERS::contains)) {
                throw failure(file, "can be read by others; run: chmod 600 " + file);
            }
        } catch (UnsupportedOperationException e) {
            return; // a file system without POSIX permissions keeps its own rules
        } catch (IOException e) {
            throw failure(file, "cannot be read");
        }
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw failure(file, "is too large to be a PEM private key");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw failure(file, "cannot be read");
        }
    }

    private static byte[] decode(Path file, String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw failure(file, "holds a PEM block that is not base64");
        }
    }

    /** PKCS#1 (RFC 8017 A.1.2) put into a PKCS#8 envelope (RFC 5208 §5). */
    private static byte[] wrap(byte[] pkcs1) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(RSA_HEADER);
        inner.writeBytes(tagged(0x04, pkcs1));
        return tagged(0x30, inner.toByteArray());
    }

    /** DER: a tag, the length in the long form of two octets, the content. */
    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static LatchkeyException failure(Path file, String why) {
        return LatchkeyException.of(ErrorKind.MISCONFIGURED, "The key file " + file + " " + why + ".");
    }
}
