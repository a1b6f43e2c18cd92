package dev.latchkey.harness;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** Makes certificates (RFC 5280). The JDK reads such, but has no API that makes one. */
final class CertificateMaker {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int UTF8 = 0x0C;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final int VERSION = 0xA0;
    private static final int EXTENSIONS = 0xA3;

    private static final String LOCALHOST = "localhost";
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Basic constraints (RFC 5280 §4.2.1.9), critical: it is an authority. */
    private static final byte[] AUTHORITY = hex("300f0603551d130101ff040530030101ff");

    private static final byte[] COMMON_NAME = hex("0603550403");
    private static final byte[] SUBJECT_ALTERNATIVES = hex("0603551d11");

    /** How each signature is called in Java, and its AlgorithmIdentifier. */
    private static final Map<String, Map.Entry<String, byte[]>> SIGNATURES = Map.of(
            "RSA", Map.entry("SHA256withRSA", hex("300d06092a864886f70d01010b0500")),
            "EC", Map.entry("SHA256withECDSA", hex("300a06082a8648ce3d040302")),
            "Ed25519", Map.entry("Ed25519", hex("300506032b6570")));

    private CertificateMaker() {}

    /**
     * Who signs.
     *
     * @param algorithm RSA, EC or Ed25519
     * @param name the common name of the issuer
     */
    record Signer(PrivateKey key, String algorithm, String name) {}

    /** For localhost and 127.0.0.1; under any other name, the certificate of an authority. */
    static X509Certificate create(String name, PublicKey key, Signer signer, Instant from, Instant until)
            throws GeneralSecurityException {
        Map.Entry<String, byte[]> signature = SIGNATURES.get(signer.algorithm());
        byte[] toBeSigned = tag(
                SEQUENCE,
                tag(VERSION, tag(INTEGER, new byte[] {2})),
                tag(INTEGER, new byte[] {1}),
                signature.getValue(),
                name(signer.name()),
                tag(SEQUENCE, time(from), time(until)),
                name(name),
                key.getEncoded(),
                tag(EXTENSIONS, tag(SEQUENCE, name.equals(LOCALHOST) ? alternatives() : AUTHORITY)));
        Signature trial = Signature.getInstance(signature.getKey());
        trial.initSign(signer.key());
        trial.update(toBeSigned);
        byte[] whole = tag(SEQUENCE, toBeSigned, signature.getValue(), tag(BIT_STRING, new byte[1], trial.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] alternatives() {
        byte[] names = tag(SEQUENCE, tag(DNS_NAME, ascii(LOCALHOST)), tag(IP_ADDRESS, new byte[] {127, 0, 0, 1}));
        return tag(SEQUENCE, SUBJECT_ALTERNATIVES, tag(OCTET_STRING, names));
    }

    private static byte[] name(String commonName) {
        return tag(SEQUENCE, tag(SET, tag(SEQUENCE, COMMON_NAME, tag(UTF8, ascii(commonName)))));
    }

    private static byte[] time(Instant instant) {
        return tag(UTC_TIME, ascii(UTC.format(instant)));
    }

    /** A tag, the length of all parts together, and the parts. */
    private static byte[] tag(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length >= 0x100) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 0x80) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
