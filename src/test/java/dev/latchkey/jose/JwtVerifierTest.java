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
import dev.latchkey.token.SignedClaims;
import dev.latchkey.token.TokenTyp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that was not signed with our keys does not pass the verifier. */
class JwtVerifierTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ProviderKeyPairs RSA =
            new ProviderKeyPairs(CompletableFuture.completedFuture(Optional.empty()));
    private static final SigningKeyPair OURS = RSA.generate(SigningAlgorithm.RS256, 2048);
    private static final SigningKeyPair OTHER = RSA.generate(SigningAlgorithm.RS256, 2048);
    private static final AccessTokenClaims CLAIMS = new AccessTokenClaims(
            "https://id.example",
            "ack_one",
            "ack_one",
            List.of("https://a.example", "b"),
            NOW,
            NOW.plusSeconds(3600),
            "the-jti",
            ScopeSet.of(List.of("vault", "fx")),
            CustomClaims.of(Trees.object(Map.of("tenant", "Zoë"))));

    private final AtomicReference<List<PublicJwk>> published = new AtomicReference<>(List.of(OURS.jwk()));
    private final JwtVerifier verifier = new JwtVerifier(published::get, CorrettoProvider.load());
    private final KeySigner signer = RSA.signer(OURS);
    private final String token = signedBy(signer);
    private final String[] parts = token.split("\\.", -1);

    @Test
    void verify_ourToken_saysWhatWasSigned() {
        SignedClaims claims = verifier.verify(token);

        String json = new String(ClaimsJson.write(CLAIMS), StandardCharsets.UTF_8);
        assertThat(claims)
                .isEqualTo(new SignedClaims(
                        CLAIMS.issuer(),
                        CLAIMS.clientId(),
                        CLAIMS.clientId(),
                        CLAIMS.audience(),
                        CLAIMS.issuedAt(),
                        CLAIMS.expiresAt(),
                        null,
                        CLAIMS.tokenId(),
                        CLAIMS.scope(),
                        json));
    }

    @Test
    void verify_withEveryProvider_isTheSame() {
        CorrettoProvider.load().join();

        for (int i = 0; i < 3; i++) {
            assertThat(verifier.verify(token)).isNotNull();
            assertRefused(parts[0] + "." + parts[1] + "." + flip(parts[2]));
        }
    }

    @Test
    void verify_otherKey_isRefused_alsoUnderOurKid() {
        KeySigner other = RSA.signer(OTHER);
        KeySigner underOurKid = new KeySigner() {
            @Override
            public String kid() {
                return OURS.kid();
            }

            @Override
            public SigningAlgorithm algorithm() {
                return SigningAlgorithm.RS256;
            }

            @Override
            public byte[] sign(byte[] data) {
                return other.sign(data);
            }
        };

        assertRefused(signedBy(other));
        assertRefused(signedBy(underOurKid));
        verifier.verify(token);
        assertRefused(signedBy(underOurKid));
    }

    @Test
    void verify_followsThePublishedKeys() {
        KeySigner other = RSA.signer(OTHER);
        String ofOther = signedBy(other);
        verifier.verify(token);

        published.set(List.of(OTHER.jwk(), OURS.jwk()));
        verifier.verify(token);
        verifier.verify(ofOther);
        published.set(List.of(OTHER.jwk()));

        verifier.verify(ofOther);
        assertRefused(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"KID\"}",
                "{\"alg\":\"rs256\",\"typ\":\"at+jwt\",\"kid\":\"KID\"}",
                "{\"alg\":\"RS512\",\"typ\":\"at+jwt\",\"kid\":\"KID\"}",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"KID\"}",
                "{\"alg\":\"PS256\",\"typ\":\"at+jwt\",\"kid\":\"KID\"}",
                "{\"alg\":[\"RS256\"],\"typ\":\"at+jwt\",\"kid\":\"KID\"}",
                "{\"typ\":\"at+jwt\",\"kid\":\"KID\"}",
                "{\"alg\":\"RS256\",\"kid\":\"KID\"}",
                "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"KID\"}",
                "{\"alg\":\"RS256\",\"typ\":\"AT+JWT\",\"kid\":\"KID\"}",
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":null}",
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"unknown\"}",
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":[\"KID\"]}",
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"b64\":false}",
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"jku\":\"https://evil.example\"}",
                "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"kid\":\"KID\"}",
                "{\"alg\":\"none\",\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"KID\"}",
                "[]",
                "{",
                "RS256"
            })
    void verify_anyOtherHeader_isRefused_evenSignedByUs(String header) {
        assertRefused(signed(header.replace("KID", OURS.kid()), "{\"sub\":\"ack_one\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "x",
                "{\"iss\":\"i\",\"sub\":\"a\",\"client_id\":\"b\",\"aud\":[],\"iat\":1,\"exp\":2,\"jti\":\"j\",\"scope\":\"s\"}",
                "{\"iss\":\"i\",\"sub\":\"a\",\"client_id\":\"a\",\"aud\":\"x\",\"iat\":1,\"exp\":2,\"jti\":\"j\",\"scope\":\"s\"}",
                "{\"iss\":\"i\",\"sub\":\"a\",\"client_id\":\"a\",\"aud\":[1],\"iat\":1,\"exp\":2,\"jti\":\"j\",\"scope\":\"s\"}",
                "{\"iss\":\"i\",\"sub\":\"a\",\"client_id\":\"a\",\"aud\":[],\"iat\":1,\"exp\":\"2\",\"jti\":\"j\",\"scope\":\"s\"}",
                "{\"iss\":\"i\",\"sub\":\"a\",\"client_id\":\"a\",\"aud\":[],\"iat\":1,\"exp\":2.5,\"jti\":\"j\",\"scope\":\"s\"}",
                "{\"iss\":\"i\",\"sub\":\"a\",\"client_id\":\"a\",\"aud\":[],\"iat\":1,\"exp\":-2,\"jti\":\"j\",\"scope\":\"s\"}",
                "{\"iss\":\"i\",\"sub\":\"a\",\"client_id\":\"a\",\"aud\":[],\"iat\":1,\"exp\":99999999999999,\"jti\":\"j\",\"scope\":\"s\"}",
                "{\"iss\":\"i\",\"sub\":\"a\",\"client_id\":\"a\",\"aud\":[],\"iat\":1,\"exp\":2,\"jti\":7,\"scope\":\"s\"}",
                "{\"iss\":\"i\",\"sub\":\"a\",\"client_id\":\"a\",\"aud\":[],\"iat\":1,\"exp\":2,\"jti\":\"j\",\"scope\":\"\"}"
            })
    void verify_anyOtherClaims_areRefused_evenSignedByUs(String claims) {
        String header = "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"" + OURS.kid() + "\"}";

        assertRefused(signed(header, claims));
    }

    @Test
    void verify_anyOtherForm_isRefused() {
        String header = parts[0];
        String payload = parts[1];
        String signature = parts[2];

        assertRefused("");
        assertRefused(".");
        assertRefused("..");
        assertRefused("...");
        assertRefused("x");
        assertRefused("Zoë.🔑.\0");
        assertRefused(header + "." + payload);
        assertRefused(header + "." + payload + ".");
        assertRefused("." + payload + "." + signature);
        assertRefused(header + ".." + signature);
        assertRefused(token + ".");
        assertRefused(token + "." + signature);
        assertRefused(token + "=");
        assertRefused(token + "==");
        assertRefused(token + " ");
        assertRefused(" " + token);
        assertRefused(token + "\n");
        assertRefused(token.substring(0, token.length() - 1));
        assertRefused(header + "." + payload + "." + signature.replace('-', '+').replace('_', '/') + "A");
        assertRefused("x".repeat(40_000));
        assertRefused(header + "." + "x".repeat(40_000) + "." + signature);
    }

    /** 256 bytes leave four unused bits in the last character: fifteen other texts decode to the same signature. */
    @Test
    void verify_otherTextOfTheSameSignature_isRefused() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(token.charAt(token.length() - 1));
        String twin = token.substring(0, token.length() - 1) + alphabet.charAt(last + 1);
        Base64.Decoder decoder = Base64.getUrlDecoder();
        assertThat(decoder.decode(twin.split("\\.", -1)[2])).isEqualTo(decoder.decode(parts[2]));

        assertRefused(twin);
    }

    @Test
    void verify_anyCharacterChanged_isRefused() {
        for (int i = 0; i < token.length(); i += 7) {
            char c = token.charAt(i);
            assertRefused(token.substring(0, i) + (c == 'A' ? 'B' : 'A') + token.substring(i + 1));
        }
    }

    private String signed(String header, String claims) {
        String input = base64(header) + "." + base64(claims);
        byte[] signature = signer.sign(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private void assertRefused(String text) {
        assertThatThrownBy(() -> verifier.verify(text))
                .as(text)
                .isInstanceOf(InvalidTokenException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(parts[1]));
    }

    private static String flip(String part) {
        return (part.charAt(0) == 'A' ? 'B' : 'A') + part.substring(1);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String signedBy(KeySigner signer) {
        return new String(new JwtSigner(lifetime -> signer, TokenTyp.AT_JWT).sign(CLAIMS), StandardCharsets.US_ASCII);
    }
}
