package dev.latchkey.jose;

import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.crypto.ProviderKeyPairs;
import dev.latchkey.signingkey.KeyPairs;
import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import dev.latchkey.token.AccessTokenClaims;
import dev.latchkey.token.SignedClaims;
import dev.latchkey.token.TokenTyp;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Making a token and checking one, by the accelerated provider where that loads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenBenchmark {
    /** More than a verifier remembers. */
    private static final int TOKENS = 2_000;

    @Param({"RS256", "ES256", "EDDSA"})
    public SigningAlgorithm algorithm;

    private AccessTokenClaims claims;
    private KeySigner keySigner;
    private byte[] signingInput;
    private JwtSigner signer;
    private JwtVerifier verifier;
    private String token;
    private List<String> tokens;
    private int turn;

    @Setup
    public void prepare() {
        CompletableFuture<Optional<Provider>> provider = CorrettoProvider.load();
        var unused = provider.join();
        KeyPairs pairs = new ProviderKeyPairs(provider);
        SigningKeyPair pair = pairs.generate(algorithm, 2048);
        Instant now = Instant.ofEpochSecond(1_800_000_000);
        claims = claims("0123456789abcdefghijkl", now);
        keySigner = pairs.signer(pair);
        signer = new JwtSigner(lifetime -> keySigner, TokenTyp.AT_JWT);
        verifier = new JwtVerifier(() -> List.of(pair.jwk()), provider);
        token = text(signer.sign(claims));
        tokens = IntStream.range(0, TOKENS)
                .mapToObj(i -> text(signer.sign(claims("token-" + i, now))))
                .toList();
        signingInput = CompactJws.parse(token, token.length()).signingInput();
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    /** All of it. */
    @Benchmark
    public byte[] token() {
        return signer.sign(claims);
    }

    /** The signature alone. */
    @Benchmark
    public byte[] signature() {
        return keySigner.sign(signingInput);
    }

    /** The claims alone, which no key has a part in. */
    @Benchmark
    public byte[] claims() {
        return ClaimsJson.write(claims);
    }

    /** Signature and claims of a token that is not remembered, whatever the store says about it. */
    @Benchmark
    public SignedClaims verification() {
        turn = (turn + 1) % TOKENS;
        return verifier.verify(tokens.get(turn));
    }

    /** The same of one token over and over. */
    @Benchmark
    public SignedClaims verificationAgain() {
        return verifier.verify(token);
    }

    private static AccessTokenClaims claims(String id, Instant now) {
        return new AccessTokenClaims(
                "http://localhost:8080",
                "ack_abcdefghijklmnopqrstuvwxyz",
                "ack_abcdefghijklmnopqrstuvwxyz",
                List.of("http://localhost:8080"),
                now,
                now.plusSeconds(3600),
                id,
                ScopeSet.of(List.of("bench")),
                CustomClaims.NONE);
    }
}
