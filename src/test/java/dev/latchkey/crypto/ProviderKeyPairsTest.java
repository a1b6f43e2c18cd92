package dev.latchkey.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.error.ServiceException;
import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderKeyPairsTest {
    private static final byte[] DATA = "signed".getBytes(StandardCharsets.UTF_8);

    private final ProviderKeyPairs jdkOnly = new ProviderKeyPairs(CompletableFuture.completedFuture(Optional.empty()));

    @Test
    void generate_thenSign_verifiesByTheJwk() throws GeneralSecurityException {
        SigningKeyPair key = jdkOnly.generate(SigningAlgorithm.RS256, 2048);

        assertThat(key.jwk().bits()).isEqualTo(2048);
        assertVerifies(key.jwk(), jdkOnly.signer(key).sign(DATA));
    }

    @Test
    void signer_takesTheAcceleratedProvider_whenItBecomesReady() throws GeneralSecurityException {
        Provider loaded = CorrettoProvider.load().join().orElse(null);
        assumeThat(loaded).as("the native signer loads on this platform").isNotNull();
        CompletableFuture<Optional<Provider>> later = new CompletableFuture<>();
        ProviderKeyPairs keys = new ProviderKeyPairs(later);
        SigningKeyPair key = jdkOnly.generate(SigningAlgorithm.RS256, 2048);
        KeySigner signer = keys.signer(key);
        byte[] before = signer.sign(DATA);

        later.complete(Optional.of(loaded));

        assertThat(signer.sign(DATA)).isEqualTo(before);
        assertThat(((SwitchingSigner) signer).settled()).isInstanceOf(ProviderSigner.class);
        assertVerifies(key.jwk(), signer.sign(DATA));
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void signer_signsInEveryThread(SigningAlgorithm algorithm) throws GeneralSecurityException {
        ProviderKeyPairs keys = new ProviderKeyPairs(CorrettoProvider.load());
        SigningKeyPair key = keys.generate(algorithm, 2048);
        KeySigner signer = ((SwitchingSigner) keys.signer(key)).settled();
        Jca jca = Jca.of(algorithm);
        Signature verifier = Signature.getInstance(jca.signature(), jca.jdk());

        for (int i = 0; i < 3; i++) {
            byte[] signature = CompletableFuture.supplyAsync(() -> signer.sign(DATA), task -> new Thread(task).start())
                    .join();
            verifier.initVerify(
                    jca.keyFactory(jca.jdk()).generatePublic(key.jwk().keySpec()));
            verifier.update(DATA);
            assertThat(verifier.verify(signature)).isTrue();
        }
    }

    @Test
    void theAcceleratedProvider_isAskedFor_whenSomethingWasSignedWithoutIt_orAnRsaKeyIsMade() {
        AtomicInteger asked = new AtomicInteger();
        CompletableFuture<Optional<Provider>> later = new CompletableFuture<>();
        ProviderKeyPairs keys = new ProviderKeyPairs(later, () -> {
            asked.incrementAndGet();
            later.complete(Optional.empty());
        });
        SigningKeyPair key = jdkOnly.generate(SigningAlgorithm.RS256, 2048);
        KeySigner signer = keys.signer(key);
        assertThat(asked).hasValue(0);

        assertThat(signer.sign(DATA)).isNotEmpty();
        assertThat(asked).hasValue(1);

        assertThat(keys.generate(SigningAlgorithm.RS256, 2048).jwk().bits()).isEqualTo(2048);
        assertThat(asked).hasValue(2);
    }

    @Test
    void signer_staysWithTheJdk_whenTheAcceleratedProviderCannotSign() throws GeneralSecurityException {
        Provider useless = new Provider("Useless", "1", "signs nothing") {
            private static final long serialVersionUID = 1L;
        };
        ProviderKeyPairs keys = new ProviderKeyPairs(CompletableFuture.completedFuture(Optional.of(useless)));
        SigningKeyPair key = jdkOnly.generate(SigningAlgorithm.RS256, 2048);

        assertVerifies(key.jwk(), keys.signer(key).sign(DATA));
    }

    /** The example key of RFC 7638 §3.1. */
    @Test
    void kid_isTheThumbprintOfTheRfc() {
        String n =
                "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjB"
                        + "ZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8"
                        + "KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_"
                        + "xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

        assertThat(PublicJwk.rsa(n, "AQAB").kid()).isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    @Test
    void readPem_pkcs8AndPkcs1_areTheSameKey(@TempDir Path folder) throws IOException {
        SigningKeyPair key = jdkOnly.generate(SigningAlgorithm.RS256, 2048);
        byte[] pkcs8 = key.privateKey().pkcs8();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);

        assertThat(jdkOnly.readPem(pem(folder, "a.pem", "PRIVATE KEY", pkcs8)).jwk())
                .isEqualTo(key.jwk());
        assertThat(jdkOnly.readPem(pem(folder, "b.pem", "RSA PRIVATE KEY", pkcs1))
                        .jwk())
                .isEqualTo(key.jwk());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw-r--r--", "rw-----w-"})
    void readPem_readableByOthers_isRefused(String permissions, @TempDir Path folder) throws IOException {
        Path file = pem(
                folder,
                "a.pem",
                "PRIVATE KEY",
                jdkOnly.generate(SigningAlgorithm.RS256, 2048).privateKey().pkcs8());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertRefused(file, "chmod 600");
    }

    @Test
    void readPem_notAnRsaKeyOfEnoughBits_isRefused(@TempDir Path folder) throws IOException, GeneralSecurityException {
        KeyPairGenerator small = KeyPairGenerator.getInstance("RSA");
        small.initialize(1024);
        byte[] weak = small.generateKeyPair().getPrivate().getEncoded();
        byte[] dh = KeyPairGenerator.getInstance("X25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();

        assertRefused(pem(folder, "weak.pem", "PRIVATE KEY", weak), "2048 bits");
        assertRefused(pem(folder, "dh.pem", "PRIVATE KEY", dh), "RSA, EC on P-256 or Ed25519");
        assertRefused(pem(folder, "public.pem", "PUBLIC KEY", weak), "no PEM private key");
        assertRefused(folder.resolve("missing.pem"), "cannot be read");
    }

    private void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> jdkOnly.readPem(file))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining(why);
    }

    private static Path pem(Path folder, String name, String type, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Path file = folder.resolve(name);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static void assertVerifies(PublicJwk jwk, byte[] signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("SHA256withRSA", Security.getProvider("SunRsaSign"));
        verifier.initVerify(KeyFactory.getInstance("RSA").generatePublic(jwk.keySpec()));
        verifier.update(DATA);
        assertThat(verifier.verify(signature)).isTrue();
    }
}
