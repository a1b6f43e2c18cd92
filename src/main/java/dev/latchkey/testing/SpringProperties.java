package dev.latchkey.testing;

import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The properties by which Spring Boot finds a server. Knows no type of Spring, which need not be there. */
final class SpringProperties {
    private static final String RESOURCE_SERVER = "spring.security.oauth2.resourceserver.jwt.";
    private static final String REGISTRATION = "spring.security.oauth2.client.registration.latchkey.";
    private static final String PROVIDER = "spring.security.oauth2.client.provider.latchkey.";

    private SpringProperties() {}

    /** Registers them; the values are read when they are asked for. */
    static void register(LatchkeyExtension latchkey, BiConsumer<String, Supplier<Object>> registry) {
        registry.accept(RESOURCE_SERVER + "issuer-uri", () -> latchkey.issuer().toString());
        registry.accept(
                RESOURCE_SERVER + "jwk-set-uri", () -> latchkey.jwksUri().toString());
        registry.accept(REGISTRATION + "provider", () -> "latchkey");
        registry.accept(REGISTRATION + "client-id", latchkey::clientId);
        registry.accept(REGISTRATION + "client-secret", latchkey::clientSecret);
        registry.accept(REGISTRATION + "client-authentication-method", () -> "client_secret_basic");
        registry.accept(REGISTRATION + "authorization-grant-type", () -> "client_credentials");
        registry.accept(PROVIDER + "token-uri", () -> latchkey.tokenEndpoint().toString());
        registry.accept(PROVIDER + "jwk-set-uri", () -> latchkey.jwksUri().toString());
    }
}
