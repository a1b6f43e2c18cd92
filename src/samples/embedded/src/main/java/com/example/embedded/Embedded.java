package com.example.embedded;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.latchkey.Latchkey;
import dev.latchkey.LatchkeyException;
import dev.latchkey.Store;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/** A program with a token service inside: it makes access keys, gets tokens for them in both ways, and verifies them. */
public final class Embedded {
    private Embedded() {}

    public static void main(String[] args) throws Exception {
        inMemory();
        inAFile(Files.createTempDirectory("embedded"));
    }

    private static void inMemory() throws Exception {
        // region: start
        try (Latchkey latchkey = Latchkey.builder().start()) {
            Latchkey.NewKey orders = latchkey.keys().create("orders", "fx", "gateway");

            String token = latchkey.tokenFor(orders.id(), "fx");

            System.out.println("in process: " + verify(latchkey, token));
        }
        // endregion
    }

    // region: verify
    private static JWTClaimsSet verify(Latchkey latchkey, String token) throws Exception {
        String issuer = latchkey.issuer().toString();
        var patient = new DefaultResourceRetriever(5_000, 5_000);
        var keys = JWKSourceBuilder.create(latchkey.jwksUri().toURL(), patient).build();
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                issuer, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("exp", "sub", "scope")));
        return processor.process(token, null);
    }
    // endregion

    private static void inAFile(Path folder) throws Exception {
        // region: settings
        Latchkey.Builder builder = Latchkey.builder()
                .store(Store.file(folder.resolve("tokens.db")))
                .audience("https://api.example.com")
                .tokenLifetime(Duration.ofMinutes(10))
                .dashboard(false)
                .auditListener(event -> System.out.println(event.action() + " " + event.subject()));
        // endregion
        try (Latchkey latchkey = builder.start()) {
            Latchkey.NewKey orders = latchkey.keys().create("orders", "fx");
            System.out.println("by HTTP: " + request(latchkey, orders.id(), orders.secret()));
            change(latchkey, orders.id());
        }
    }

    /** As any OAuth 2.0 client does. */
    private static String request(Latchkey latchkey, String id, String secret) throws Exception {
        String basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(latchkey.tokenEndpoint())
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=fx"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static void change(Latchkey latchkey, String id) {
        // region: keys
        latchkey.keys().edit(id, key -> key.description("the shop").tokenLifetime(Duration.ofMinutes(5)));
        Latchkey.NewKey rotated = latchkey.keys().rotate(id, Duration.ofHours(24));
        latchkey.keys().disable(id);
        try {
            latchkey.tokenFor(id, "fx");
        } catch (LatchkeyException e) {
            System.out.println(e.reason() + ": " + e.getMessage());
        }
        // endregion
        System.out.println(
                rotated + " " + latchkey.keys().find(id).orElseThrow().enabled());
    }
}
