package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import dev.latchkey.signingkey.RotationMode;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeys;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tokens are asked for without a pause from two services on one store, and verified with the JWK Set of the other one by
 * clients that hold it for its max-age and never look earlier, whatever they meet.
 */
class RotationUnderLoadTest {
    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final int THREADS = 2;
    private static final int TOKENS_EACH_TIME = 60;
    private static final Actor OPERATOR = Actor.operator("test");

    @TempDir
    Path folder;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, String> oneTokenOfEachKey = new ConcurrentHashMap<>();
    private final Semaphore verified = new Semaphore(0);
    private final AtomicBoolean enough = new AtomicBoolean();

    @Test
    void threeRotations_breakNoToken() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS);
        try (TestService one = TestService.start(folder);
                TestService other = one.again()) {
            NewAccessKey key = one.key("fx");
            for (int i = 0; i < THREADS; i++) {
                Verifier ofOne = new Verifier(one);
                Verifier ofOther = new Verifier(other);
                threads.execute(() -> issueAndVerify(one, ofOther, key));
                threads.execute(() -> issueAndVerify(other, ofOne, key));
            }
            awaitTokens();
            SigningKeys elsewhere = one.services().signingKeys(null, null, 2048);
            List<String> signers = new ArrayList<>(List.of(active(elsewhere)));
            for (int i = 0; i < 3; i++) {
                one.clock().advance(MAX_AGE);
                awaitTokens();
                one.clock().advance(Duration.ofSeconds(1));
                elsewhere.rotate(OPERATOR, RotationMode.WHEN_KNOWN);
                awaitTokens();
                one.keepUp();
                awaitTokens();
                other.keepUp();
                awaitTokens();
                signers.add(active(elsewhere));
            }
            enough.set(true);
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

            assertThat(failures).isEmpty();
            assertThat(oneTokenOfEachKey.keySet())
                    .isEqualTo(Set.copyOf(signers))
                    .hasSize(4);
            assertThat(jwks(one)).isEqualTo(jwks(other)).hasSize(5).containsAll(signers);
            Verifier fresh = new Verifier(other);
            for (String token : oneTokenOfEachKey.values()) {
                assertThat(fresh.verifies(token)).isTrue();
            }
        } finally {
            enough.set(true);
            threads.shutdownNow();
        }
    }

    private void awaitTokens() throws InterruptedException {
        verified.drainPermits();
        assertThat(verified.tryAcquire(TOKENS_EACH_TIME, 60, TimeUnit.SECONDS))
                .as("tokens are issued and verified: %s", failures)
                .isTrue();
    }

    private void issueAndVerify(TestService issuing, Verifier verifier, NewAccessKey key) {
        while (!enough.get()) {
            try {
                String token = accessToken(issuing.token(key, ""));
                if (!verifier.verifies(token)) {
                    failures.add("not verified: " + token);
                }
                oneTokenOfEachKey.putIfAbsent(SignedJWT.parse(token).getHeader().getKeyID(), token);
                verified.release();
            } catch (AssertionError | ParseException | JOSEException e) {
                failures.add(e.toString());
            }
        }
    }

    private static String active(SigningKeys keys) {
        return keys.list(OPERATOR).stream()
                .filter(key -> key.state() == SigningKey.State.ACTIVE)
                .map(SigningKey::kid)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> jwks(TestService service) {
        List<?> keys = (List<?>) json(service.get("/.well-known/jwks.json")).get("keys");
        return keys.stream().map(key -> (String) ((Map<?, ?>) key).get("kid")).toList();
    }

    /** Nimbus, with its cache on the service's clock, and without its second look for an unknown kid. */
    private static final class Verifier {
        private final TestService service;
        private final JWKSetSource<SecurityContext> source;

        Verifier(TestService service) throws MalformedURLException {
            this.service = service;
            var url = URI.create(service.url() + "/.well-known/jwks.json").toURL();
            this.source = new CachingJWKSetSource<>(
                    new URLBasedJWKSetSource<>(url, new DefaultResourceRetriever()),
                    MAX_AGE.toMillis(),
                    TimeUnit.SECONDS.toMillis(30),
                    null);
        }

        boolean verifies(String token) throws ParseException, JOSEException {
            SignedJWT jwt = SignedJWT.parse(token);
            JWK key = jwks().getKeyByKeyId(jwt.getHeader().getKeyID());
            return key instanceof RSAKey rsa && jwt.verify(new RSASSAVerifier(rsa));
        }

        private JWKSet jwks() throws KeySourceException {
            return source.getJWKSet(
                    JWKSetCacheRefreshEvaluator.noRefresh(), service.clock().millis(), null);
        }
    }
}
