package dev.latchkey.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.crypto.ProviderKeyPairs;
import dev.latchkey.harness.Trees;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import dev.latchkey.token.AccessTokenClaims;
import dev.latchkey.token.InvalidTokenException;
import dev.latchkey.token.TokenTyp;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With keys for three algorithms side by side, the key says how a token is verified, never the token. */
class AlgorithmConfusionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ProviderKeyPairs KEYS = new ProviderKeyPairs(CorrettoProvider.load());
    private static final Map<SigningAlgorithm, SigningKeyPair> PAIRS = new EnumMap<>(SigningAlgorithm.class);

    static {
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            PAIRS.put(algorithm, KEYS.generate(algorithm, 2048));
        }
    }

    private static final List<PublicJwk> PUBLISHED =
            PAIRS.values().stream().map(SigningKeyPair::jwk).toList();
    private static final AccessTokenClaims CLAIMS = new AccessTokenClaims(
            "https://id.example",
            "ack_one",
            "ack_one",
            List.of("a"),
            NOW,
            NOW.plusSeconds(3600),
            "the-jti",
            ScopeSet.of(List.of("fx")),
            CustomClaims.of(Trees.object(Map.of())));

    private final JwtVerifier verifier = new JwtVerifier(() -> PUBLISHED, CorrettoProvider.load());
    private final TokenInspector inspector = TokenInspector.of(PUBLISHED, Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @EnumSource
    void honestToken_namesTheAlgorithmOfItsKey_andIsVerified(SigningAlgorithm algorithm) {
        String token = honest(algorithm);

        for (int i = 0; i < 3; i++) {
            assertThat(verifier.verify(token).clientId()).isEqualTo("ack_one");
        }
        TokenInspection inspection = inspector.inspect(token, null);
        assertThat(inspection.reason()).isNull();
        assertThat(inspection.header())
                .containsEntry("alg", algorithm.publicName())
                .containsEntry("kid", PAIRS.get(algorithm).kid());
    }

    @ParameterizedTest
    @EnumSource
    void tokenThatNamesAnotherAlgorithmThanItsKey_isRefused_evenSignedByItsKey(SigningAlgorithm named) {
        for (SigningKeyPair owner : PAIRS.values()) {
            for (SigningKeyPair signing : PAIRS.values()) {
                boolean honest = owner.equals(signing) && owner.algorithm() == named;
                if (!honest) {
                    assertRefused(signed(named.publicName(), owner.kid(), KEYS.signer(signing)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void hs256WithAnythingThatIsPublic_isRefused(SigningAlgorithm algorithm) throws GeneralSecurityException {
        PublicJwk jwk = PAIRS.get(algorithm).jwk();
        String factory = algorithm == SigningAlgorithm.EDDSA
                ? "Ed25519"
                : jwk.algorithm().kty();
        byte[] der =
                KeyFactory.getInstance(factory).generatePublic(jwk.keySpec()).getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        String first = jwk.member(algorithm == SigningAlgorithm.RS256 ? "n" : "x");

        for (byte[] secret : List.of(
                der,
                pem.getBytes(StandardCharsets.US_ASCII),
                first.getBytes(StandardCharsets.US_ASCII),
                Base64.getUrlDecoder().decode(first))) {
            for (String named : List.of("HS256", algorithm.publicName())) {
                assertRefused(hmac(named, jwk.kid(), secret));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void signatureOfZeros_ofNothing_orOfAnotherLength_isRefused(SigningAlgorithm algorithm) {
        String token = honest(algorithm);
        String input = token.substring(0, token.lastIndexOf('.') + 1);
        byte[] good = Base64.getUrlDecoder().decode(token.substring(input.length()));

        assertRefused(input);
        for (int length : List.of(1, 63, 64, 65, 72, 255, 256, 257)) {
            assertRefused(input + base64(new byte[length]));
            if (length != good.length) {
                assertRefused(input + base64(Arrays.copyOf(good, length)));
            }
        }
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> verifier.verify(token)).as(token).isInstanceOf(InvalidTokenException.class);
        assertThat(inspector.inspect(token, null).isVerified()).as(token).isFalse();
    }

    private static String honest(SigningAlgorithm algorithm) {
        KeySigner signer = KEYS.signer(PAIRS.get(algorithm));
        return new String(new JwtSigner(lifetime -> signer, TokenTyp.AT_JWT).sign(CLAIMS), StandardCharsets.US_ASCII);
    }

    private static String signed(String alg, String kid, KeySigner signer) {
        String input = input(alg, kid);
        return input + "." + base64(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String hmac(String alg, String kid, byte[] secret) throws GeneralSecurityException {
        String input = input(alg, kid);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String input(String alg, String kid) {
        String header = "{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}";
        return base64(header.getBytes(StandardCharsets.US_ASCII)) + "." + base64(ClaimsJson.write(CLAIMS));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
