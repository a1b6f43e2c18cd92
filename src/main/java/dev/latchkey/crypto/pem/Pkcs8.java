package dev.latchkey.crypto.pem;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Puts private keys in older forms into the PKCS#8 envelope (RFC 5208 §5) that the platform reads. */
final class Pkcs8 {
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int CONTEXT_0 = 0xA0;

    private static final byte[] VERSION_0 = {INTEGER, 1, 0};

    /** The object identifier rsaEncryption with its NULL parameter (RFC 8017 A.1). */
    private static final byte[] RSA = {
        0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00
    };

    /** The object identifier ecPublicKey (RFC 5480 §2.1.1). */
    private static final byte[] EC = {0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01};

    private Pkcs8() {}

    /** The key in PKCS#8; fails with {@link IllegalArgumentException} when it is not base64, or an EC key without a curve. */
    static byte[] of(Pem.Block block) {
        return switch (block.label()) {
            case "RSA PRIVATE KEY" -> envelope(RSA, block.der());
            case "EC PRIVATE KEY" -> envelope(join(EC, curveOf(block.der())), block.der());
            default -> block.der();
        };
    }

    private static byte[] envelope(byte[] algorithm, byte[] key) {
        return tagged(SEQUENCE, VERSION_0, tagged(SEQUENCE, algorithm), tagged(OCTET_STRING, key));
    }

    /** The curve's identifier: SEC 1 C.4 keeps it within tag 0, after the version and the private number. */
    private static byte[] curveOf(byte[] ecPrivateKey) {
        try {
            int at = contentAt(ecPrivateKey, 0);
            while (at < ecPrivateKey.length) {
                int content = contentAt(ecPrivateKey, at);
                int end = content + lengthAt(ecPrivateKey, at);
                if ((ecPrivateKey[at] & 0xFF) == CONTEXT_0) {
                    return Arrays.copyOfRange(ecPrivateKey, content, end);
                }
                at = end;
            }
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the key is cut off", e);
        }
        throw new IllegalArgumentException("the key names no curve");
    }

    private static int lengthAt(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xFF);
        }
        if (length < 0 || length > der.length) {
            throw new IllegalArgumentException("the key is cut off");
        }
        return length;
    }

    private static int contentAt(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
    }

    /** DER: a tag, the length in the shortest form, the content. */
    private static byte[] tagged(int tag, byte[]... parts) {
        byte[] content = join(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length > 0xFF) {
            out.write(0x82);
            out.write(content.length >> 8);
        } else if (content.length >= 0x80) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
