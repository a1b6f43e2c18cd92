package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SpringPropertiesTest {
    @RegisterExtension
    static final LatchkeyExtension latchkey =
            LatchkeyExtension.builder().key("orders", "fx").build();

    @Test
    void properties_areThoseOfSpringBoot() {
        Map<String, Object> properties = new LinkedHashMap<>();
        latchkey.register((name, value) -> properties.put(name, value.get()));

        String client = "spring.security.oauth2.client.";
        assertThat(properties)
                .containsEntry(
                        "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                        latchkey.issuer().toString())
                .containsEntry(
                        "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
                        latchkey.jwksUri().toString())
                .containsEntry(client + "registration.latchkey.provider", "latchkey")
                .containsEntry(client + "registration.latchkey.client-id", "orders")
                .containsEntry(client + "registration.latchkey.client-secret", latchkey.clientSecret())
                .containsEntry(client + "registration.latchkey.client-authentication-method", "client_secret_basic")
                .containsEntry(client + "registration.latchkey.authorization-grant-type", "client_credentials")
                .containsEntry(
                        client + "provider.latchkey.token-uri",
                        latchkey.tokenEndpoint().toString())
                .containsEntry(
                        client + "provider.latchkey.jwk-set-uri",
                        latchkey.jwksUri().toString())
                .hasSize(9);
    }

    /** Spring asks for the values when it makes an application context, which is later. */
    @Test
    void properties_areReadWhenTheyAreAskedFor() {
        LatchkeyExtension idle = LatchkeyExtension.builder().build();
        Map<String, Supplier<Object>> properties = new LinkedHashMap<>();

        idle.register(properties::put);

        assertThatIllegalStateException()
                .isThrownBy(properties.get("spring.security.oauth2.resourceserver.jwt.issuer-uri")::get);
    }
}
