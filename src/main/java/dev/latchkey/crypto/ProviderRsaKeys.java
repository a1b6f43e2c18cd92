package dev.latchkey.crypto;

import dev.latchkey.signingkey.PrivateKeyBytes;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.Rs256Signer;
import dev.latchkey.signingkey.RsaKeyPair;
import dev.latchkey.signingkey.RsaKeys;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** RSA keys by the JDK at first, and by the accelerated provider once it is loaded. Thread-safe. */
public final class ProviderRsaKeys implements RsaKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderRsaKeys.class);
    private static final int LEAST_BITS = 2048;
    private static final String KEY_LABELS = "\"BEGIN PRIVATE KEY\" or \"BEGIN RSA PRIVATE KEY\"";
    private static final byte[] PROBE = {'l', 'a', 't', 'c', 'h', 'k', 'e', 'y'};

    private final Provider jdk = Security.getProvider("SunRsaSign");
    private final CompletableFuture<Optional<Provider>> accelerated;

    /** Uses {@code accelerated} as soon as, and if ever, it completes with a provider. */
    public ProviderRsaKeys(CompletableFuture<Optional<Provider>> accelerated) {
        this.accelerated = accelerated;
    }

    @Override
    public RsaKeyPair generate(int bits) {
        Provider provider = accelerated.getNow(Optional.empty()).orElse(jdk);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", provider);
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            return pair((RSAPublicKey) pair.getPublic(), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " makes no RSA key of " + bits + " bits", e);
        }
    }

    @Override
    public RsaKeyPair readPem(Path path) {
        SecretFile file = new SecretFile(path, "signing key file");
        byte[] pkcs8 = file.readPkcs8(KEY_LABELS);
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA", jdk);
            PrivateKey key = factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (!(key instanceof RSAPrivateCrtKey crt) || crt.getModulus().bitLength() < LEAST_BITS) {
                throw file.failure("holds no RSA private key of at least " + LEAST_BITS + " bits");
            }
            BigInteger modulus = crt.getModulus();
            RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, crt.getPublicExponent());
            RsaKeyPair pair = pair((RSAPublicKey) factory.generatePublic(spec), key);
            if (!verifies(new ProviderSigner(pair.kid(), pkcs8, jdk), pair.jwk())) {
                throw file.failure("holds an RSA private key whose numbers do not fit together");
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw file.failure("holds no RSA private key that can be read; make one with: openssl genpkey "
                    + "-algorithm RSA -pkeyopt rsa_keygen_bits:2048");
        }
    }

    @Override
    public Rs256Signer signer(RsaKeyPair key) {
        byte[] pkcs8 = key.privateKey().pkcs8();
        CompletableFuture<Optional<Rs256Signer>> better =
                accelerated.thenApply(loaded -> loaded.flatMap(provider -> acceleratedSigner(key, pkcs8, provider)));
        return better.getNow(Optional.empty())
                .orElseGet(() -> new SwitchingSigner(new ProviderSigner(key.kid(), pkcs8, jdk), better));
    }

    /** A signer of the accelerated provider that has shown, on one signature, that it works here. */
    private Optional<Rs256Signer> acceleratedSigner(RsaKeyPair key, byte[] pkcs8, Provider provider) {
        try {
            Rs256Signer signer = new ProviderSigner(key.kid(), pkcs8, provider);
            if (verifies(signer, key.jwk())) {
                return Optional.of(signer);
            }
            LOG.error("Tokens are signed by the JDK: {} made a signature that does not verify", provider.getName());
        } catch (IllegalStateException | GeneralSecurityException | LinkageError e) {
            LOG.error("Tokens are signed by the JDK: {} cannot sign here", provider.getName(), e);
        }
        return Optional.empty();
    }

    private boolean verifies(Rs256Signer signer, PublicJwk jwk) throws GeneralSecurityException {
        RSAPublicKeySpec spec = new RSAPublicKeySpec(jwk.modulus(), jwk.exponent());
        Signature verifier = Signature.getInstance("SHA256withRSA", jdk);
        verifier.initVerify(KeyFactory.getInstance("RSA", jdk).generatePublic(spec));
        verifier.update(PROBE);
        try {
            return verifier.verify(signer.sign(Arrays.copyOf(PROBE, PROBE.length)));
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static RsaKeyPair pair(RSAPublicKey publicKey, PrivateKey privateKey) {
        return new RsaKeyPair(PublicJwk.of(publicKey), new PrivateKeyBytes(privateKey.getEncoded()));
    }
}
