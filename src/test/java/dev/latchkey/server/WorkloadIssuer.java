package dev.latchkey.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.json.JsonBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An issuer of workload tokens on a free port of 127.0.0.1, whose answers a test chooses. */
final class WorkloadIssuer implements AutoCloseable {
    static final RSAKey RSA = AssertionClient.rsa("w-rsa");
    static final ECKey EC = AssertionClient.ec("w-ec");

    /** Answers a request for the JWK Set. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile Answer answer = json(AssertionClient.publicSet(RSA, EC));

    WorkloadIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 600);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext(
                "/.well-known/openid-configuration",
                exchange -> json(JsonBinding.text(Map.of("issuer", url(), "jwks_uri", url() + "/jwks")))
                        .to(exchange));
        server.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            answer.to(exchange);
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** How often the JWK Set was asked for. */
    int fetches() {
        return fetches.get();
    }

    void answer(Answer other) {
        answer = other;
    }

    static Answer json(String body) {
        return exchange -> send(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** A token with these changes to good claims of an hour. */
    String token(String audience, Instant now, Consumer<Map<String, Object>> change) {
        return signed(JWSAlgorithm.RS256, RSA, claims(audience, now, change));
    }

    Map<String, Object> claims(String audience, Instant now, Consumer<Map<String, Object>> change) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", url());
        claims.put("sub", "repo:acme/app:ref:refs/heads/main");
        claims.put("aud", audience);
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plusSeconds(300).getEpochSecond());
        claims.put("environment", "prod");
        change.accept(claims);
        return claims;
    }

    static String signed(JWSAlgorithm alg, JWK key, Map<String, Object> claims) {
        JWSObject jws = new JWSObject(
                new JWSHeader.Builder(alg).keyID(key.getKeyID()).build(), new Payload(JsonBinding.text(claims)));
        try {
            JWSSigner signer = key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner((RSAKey) key);
            jws.sign(signer);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return jws.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
