package dev.latchkey.jose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.crypto.ProviderKeyPairs;
import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures that were not made with the key, and other encodings of those that were; by the JDK and natively. */
class HostileSignaturesTest {
    private static final byte[] DATA = "signed".getBytes(StandardCharsets.UTF_8);
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    /** RFC 8032 §5.1. */
    private static final BigInteger ED25519_ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final ProviderKeyPairs KEYS = new ProviderKeyPairs(CorrettoProvider.load());

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void es256_noOtherFormOfASignature_isTaken(boolean natively) throws GeneralSecurityException {
        SigningKeyPair pair = KEYS.generate(SigningAlgorithm.ES256, 0);
        PublishedKey verifier = verifier(pair, natively);
        byte[] good = goodOne(pair, verifier);
        byte[] r = Arrays.copyOf(good, 32);
        byte[] s = Arrays.copyOfRange(good, 32, 64);
        byte[] zero = new byte[32];

        for (byte[] bad : List.of(
                new byte[64],
                join(r, zero),
                join(zero, s),
                join(bytes(ORDER), s),
                join(r, bytes(ORDER)),
                join(bytes(ORDER), bytes(ORDER)),
                join(bytes(BigInteger.ONE), bytes(BigInteger.ONE)),
                join(r, bytes(ORDER.subtract(new BigInteger(1, s)))),
                join(s, r),
                der(pair))) {
            assertRefused(verifier, bad);
        }
        assertOtherLengthsRefused(verifier, good);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eddsa_noOtherFormOfASignature_isTaken(boolean natively) {
        SigningKeyPair pair = KEYS.generate(SigningAlgorithm.EDDSA, 0);
        PublishedKey verifier = verifier(pair, natively);
        byte[] good = goodOne(pair, verifier);
        byte[] r = Arrays.copyOf(good, 32);
        BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(good, 32, 64)));
        byte[] identity = new byte[32];
        identity[0] = 1;

        for (byte[] bad : List.of(
                new byte[64],
                join(identity, new byte[32]),
                join(r, new byte[32]),
                join(r, reversed(bytes(s.add(ED25519_ORDER)))))) {
            assertRefused(verifier, bad);
        }
        assertOtherLengthsRefused(verifier, good);
    }

    /** Of a signature and its twin, the signer gives the one that the verifier takes. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void es256_signer_alwaysGivesTheSmallerNumber(boolean natively) {
        SigningKeyPair pair = KEYS.generate(SigningAlgorithm.ES256, 0);
        PublishedKey verifier = verifier(pair, natively);
        KeySigner signer = keys(natively).signer(pair);

        for (int i = 0; i < 50; i++) {
            byte[] signature = signer.sign(DATA);
            assertThat(new BigInteger(1, signature, 32, 32)).isLessThanOrEqualTo(ORDER.shiftRight(1));
            assertThat(verifier.verifies(DATA, signature)).isTrue();
        }
    }

    private static void assertOtherLengthsRefused(PublishedKey verifier, byte[] good) {
        for (int length : List.of(0, 1, 32, 63, 65, 72, 96, 128, 256)) {
            assertRefused(verifier, Arrays.copyOf(good, length));
        }
        assertRefused(verifier, join(new byte[1], good));
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 1;
            assertRefused(verifier, changed);
        }
        assertThat(verifier.verifies(DATA, good)).isTrue();
        assertThat(verifier.verifies(new byte[DATA.length], good)).isFalse();
    }

    private static void assertRefused(PublishedKey verifier, byte[] signature) {
        assertThat(verifier.verifies(DATA, signature)).isFalse();
    }

    /** Taken once, so that the native verifier is in charge from now on where there is one. */
    private static byte[] goodOne(SigningKeyPair pair, PublishedKey verifier) {
        byte[] good = KEYS.signer(pair).sign(DATA);
        assertThat(verifier.verifies(DATA, good)).isTrue();
        return good;
    }

    private static PublishedKey verifier(SigningKeyPair pair, boolean natively) {
        return new PublishedKey(pair.jwk(), provider(natively));
    }

    private static ProviderKeyPairs keys(boolean natively) {
        return new ProviderKeyPairs(provider(natively));
    }

    private static CompletableFuture<Optional<Provider>> provider(boolean natively) {
        Optional<Provider> provider = natively ? CorrettoProvider.load().join() : Optional.empty();
        return CompletableFuture.completedFuture(provider);
    }

    private static byte[] der(SigningKeyPair pair) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(pair.privateKey().pkcs8())));
        signature.update(DATA);
        return signature.sign();
    }

    private static byte[] bytes(BigInteger number) {
        byte[] bytes = new byte[32];
        byte[] all = number.toByteArray();
        int length = Math.min(all.length, 32);
        System.arraycopy(all, all.length - length, bytes, 32 - length, length);
        return bytes;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
