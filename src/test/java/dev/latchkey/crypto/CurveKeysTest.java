package dev.latchkey.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.nimbusds.jose.jwk.JWK;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.TestCertificate;
import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys on P-256 and Ed25519: made, read and used. */
class CurveKeysTest {
    private static final byte[] DATA = "signed".getBytes(StandardCharsets.UTF_8);

    /** One key, as OpenSSL writes it in three forms. */
    private static final String P256_SEC1 = """
            -----BEGIN EC PARAMETERS-----
            BggqhkjOPQMBBw==
            -----END EC PARAMETERS-----
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEIDq7oIvtqYzy9mNylS8ysE9FP3M0r6RApe3VgHSO9Tp9oAoGCCqGSM49
            AwEHoUQDQgAECxxvCgEIm0YI6ErJWNrwsOJxaC2/cdMzH4Ft5kzYDpHG5zC+YFgf
            vNVd2nFPga8qfz947QcGeFfFvDuIgvADfA==
            -----END EC PRIVATE KEY-----
            """;

    private static final String P256_WITHOUT_PUBLIC_PART = """
            -----BEGIN EC PRIVATE KEY-----
            MDECAQEEIDq7oIvtqYzy9mNylS8ysE9FP3M0r6RApe3VgHSO9Tp9oAoGCCqGSM49
            AwEH
            -----END EC PRIVATE KEY-----
            """;

    private static final String P256_PKCS8 = """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgOrugi+2pjPL2Y3KV
            LzKwT0U/czSvpECl7dWAdI71On2hRANCAAQLHG8KAQibRgjoSslY2vCw4nFoLb9x
            0zMfgW3mTNgOkcbnML5gWB+81V3acU+Bryp/P3jtBwZ4V8W8O4iC8AN8
            -----END PRIVATE KEY-----
            """;

    /** The key of RFC 8410 §10.3. */
    private static final String ED25519 = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----
            """;

    private final ProviderKeyPairs jdkOnly = new ProviderKeyPairs(new CompletableFuture<>());

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"ES256", "EDDSA"})
    void everySigner_verifiesByTheJwk(SigningAlgorithm algorithm) throws GeneralSecurityException {
        Provider loaded = CorrettoProvider.load().join().orElse(null);
        assumeThat(loaded).as("the native signer loads on this platform").isNotNull();
        CompletableFuture<Optional<Provider>> later = new CompletableFuture<>();
        SigningKeyPair pair = new ProviderKeyPairs(later).generate(algorithm, 0);
        KeySigner signer = new ProviderKeyPairs(later).signer(pair);

        assertVerifies(pair.jwk(), signer.sign(DATA));
        later.complete(Optional.of(loaded));

        KeySigner accelerated = ((SwitchingSigner) new ProviderKeyPairs(later).signer(pair)).settled();
        assertThat(accelerated).isNotInstanceOf(SwitchingSigner.class);
        for (int i = 0; i < 20; i++) {
            assertVerifies(pair.jwk(), signer.sign(DATA));
            assertVerifies(pair.jwk(), accelerated.sign(DATA));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ES256", "EDDSA"})
    void signer_staysWithTheJdk_whenTheAcceleratedProviderCannotSign(SigningAlgorithm algorithm)
            throws GeneralSecurityException {
        Provider useless = new Provider("Useless", "1", "signs nothing") {
            private static final long serialVersionUID = 1L;
        };
        ProviderKeyPairs keys = new ProviderKeyPairs(CompletableFuture.completedFuture(Optional.of(useless)));
        SigningKeyPair pair = keys.generate(algorithm, 0);

        assertVerifies(pair.jwk(), keys.signer(pair).sign(DATA));
    }

    /** The keys of RFC 7517 A.1 and RFC 8037 A.2, with Nimbus to tell the first thumbprint and the RFC the second. */
    @Test
    void kid_isTheThumbprint() throws Exception {
        PublicJwk p256 = PublicJwk.p256(
                "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM");

        assertThat(p256.kid()).isEqualTo(nimbus(p256).computeThumbprint().toString());
        assertThat(PublicJwk.ed25519("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
                        .kid())
                .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    /** A coordinate that begins with a zero byte is as long as any other (RFC 7518 §6.2.1.2). */
    @Test
    void p256_coordinatesHave32Bytes_alsoWithLeadingZeros() throws Exception {
        PublicJwk jwk;
        do {
            jwk = jdkOnly.generate(SigningAlgorithm.ES256, 0).jwk();
        } while (decode(jwk.member("x"))[0] != 0 && decode(jwk.member("y"))[0] != 0);

        assertThat(jwk.member("x")).hasSize(43);
        assertThat(jwk.member("y")).hasSize(43);
        assertThat(nimbus(jwk).computeThumbprint().toString()).isEqualTo(jwk.kid());
    }

    @Test
    void readPem_everyFormOfAKey_isTheSameKey() {
        PublicJwk expected = PublicJwk.p256(
                "CxxvCgEIm0YI6ErJWNrwsOJxaC2_cdMzH4Ft5kzYDpE", "xucwvmBYH7zVXdpxT4GvKn8_eO0HBnhXxbw7iILwA3w");

        for (String pem : new String[] {P256_SEC1, P256_WITHOUT_PUBLIC_PART, P256_PKCS8}) {
            assertThat(jdkOnly.readPem(file(pem)).jwk()).isEqualTo(expected);
        }
    }

    @Test
    void readPem_ed25519_isTheKeyOfTheRfc() {
        assertThat(jdkOnly.readPem(file(ED25519)).jwk())
                .isEqualTo(PublicJwk.ed25519("Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE"));
    }

    @ParameterizedTest
    @EnumSource(names = {"ES256", "EDDSA"})
    void readPem_whatWasMade_isTheSameKey(SigningAlgorithm algorithm) {
        SigningKeyPair pair = jdkOnly.generate(algorithm, 0);
        String pem = TestCertificate.pem("PRIVATE KEY", pair.privateKey().pkcs8());

        assertThat(jdkOnly.readPem(file(pem)).jwk()).isEqualTo(pair.jwk());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "secp521r1"})
    void readPem_anotherCurve_isRefused_andSaysWhichIsMeant(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        assertRefused(generator.generateKeyPair().getPrivate().getEncoded(), "another curve than P-256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed448", "X25519", "X448"})
    void readPem_anotherKind_isRefused_andSaysWhichAreTaken(String kind) throws GeneralSecurityException {
        assertRefused(
                KeyPairGenerator.getInstance(kind)
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded(),
                "RSA, EC on P-256 or Ed25519");
    }

    private void assertRefused(byte[] pkcs8, String why) {
        Path file = file(TestCertificate.pem("PRIVATE KEY", pkcs8));
        assertThatThrownBy(() -> jdkOnly.readPem(file))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining(why);
    }

    private Path file(String pem) {
        Path file = folder.resolve("key.pem");
        TestCertificate.replace(file, pem);
        return file;
    }

    private static byte[] decode(String base64url) {
        return Base64.getUrlDecoder().decode(base64url);
    }

    private static JWK nimbus(PublicJwk jwk) throws ParseException {
        return JWK.parse("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + jwk.member("x") + "\",\"y\":\""
                + jwk.member("y") + "\"}");
    }

    private static void assertVerifies(PublicJwk jwk, byte[] signature) throws GeneralSecurityException {
        Jca jca = Jca.of(jwk.algorithm());
        Signature verifier = Signature.getInstance(jca.signature());
        verifier.initVerify(KeyFactory.getInstance(jca.keys()).generatePublic(jwk.keySpec()));
        verifier.update(DATA);
        assertThat(signature).hasSize(64);
        assertThat(verifier.verify(signature)).isTrue();
    }
}
