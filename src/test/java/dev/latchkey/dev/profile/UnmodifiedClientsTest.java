package dev.latchkey.dev.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.harness.Processes;
import dev.latchkey.harness.Processes.Outcome;
import dev.latchkey.recipes.NodePackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;

/** Clients and resource servers of others, told nothing but the issuer: of each profile whose tokens are plain JWTs. */
class UnmodifiedClientsTest {
    /** The issuer below the service's own, the path of the token endpoint, and what a client sends beside the grant. */
    private static final List<List<String>> PROFILES = List.of(
            List.of("/realms/acme", "&scope=fx"),
            List.of("/", "&audience=5d1f"),
            List.of("/contoso/v2.0", "&scope=api://5d1f/.default"));

    private static ProfileService service;

    @BeforeAll
    static void start() {
        service = ProfileService.startNow("keycloak", "auth0", "entra", "hydra");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/realms/acme, /realms/acme/protocol/openid-connect/token, &scope=fx",
        "/, /oauth/token, &audience=5d1f",
        "/contoso/v2.0, /contoso/oauth2/v2.0/token, &scope=api://5d1f/.default"
    })
    void springsIssuerUri_decodesTheProfilesTokens(String issuer, String path, String form) {
        JwtDecoder decoder = JwtDecoders.fromIssuerLocation(service.issuer() + issuer);
        String token = service.token(path, "orders", form);

        Jwt jwt = decoder.decode(token);

        assertThat(jwt.getIssuer()).hasToString(service.issuer() + issuer);
        assertThat(jwt.getClaimAsString("azp")).isEqualTo("orders");
        assertThat(jwt.getClaimAsString("team")).isEqualTo("treasury");
        String tampered = token.substring(0, token.length() - 8) + "AAAAAAAA";
        assertThatThrownBy(() -> decoder.decode(tampered)).isInstanceOf(JwtException.class);
        assertThatThrownBy(() -> decoder.decode(service.token("/oauth2/token", "orders", "")))
                .as("another issuer of the same service")
                .isInstanceOf(JwtException.class);
    }

    /** Hydra's discovery document is at the path of Auth0's, which has it where both are there. */
    @Test
    void springsIssuerUri_decodesHydrasTokens() {
        try (ProfileService hydra = ProfileService.startNow("hydra")) {
            Jwt jwt = JwtDecoders.<JwtDecoder>fromIssuerLocation(hydra.issuer())
                    .decode(hydra.token("/oauth2/token", "orders", "&scope=fx"));

            assertThat(jwt.getClaimAsStringList("scp")).containsExactly("fx");
            assertThat(jwt.getSubject()).isEqualTo("orders");
        }
    }

    @Test
    void openidClient_discoversAndIsGivenATokenThatJoseVerifies(@TempDir Path place) throws IOException {
        NodePackages.install(place, "openid-client@6", "jose@6");
        Files.writeString(place.resolve("client.mjs"), """
                import * as client from 'openid-client';
                import { createRemoteJWKSet, jwtVerify } from 'jose';
                const [issuer, form, secret] = process.argv.slice(2);
                const options = { execute: [client.allowInsecureRequests] };
                const config = await client.discovery(new URL(issuer), 'orders', secret, undefined, options);
                const tokens = await client.clientCredentialsGrant(config, new URLSearchParams(form));
                const keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri));
                const { payload } = await jwtVerify(tokens.access_token, keys, { issuer, typ: 'JWT' });
                const wrong = await client.discovery(new URL(issuer), 'orders', 'wrong', undefined, options);
                const refused = await client.clientCredentialsGrant(wrong, new URLSearchParams(form))
                  .then(() => 'passed', error => error.error);
                console.log(payload.azp, tokens.token_type, refused);
                """);

        assertThat(PROFILES.stream().map(profile -> run(place, service.issuer() + profile.get(0), profile.get(1))))
                .containsExactly(
                        "orders bearer unauthorized_client",
                        "orders bearer access_denied",
                        "orders bearer invalid_client");
        try (ProfileService hydra = ProfileService.startNow("hydra")) {
            assertThat(run(place, hydra.issuer(), "&scope=fx")).isEqualTo("undefined bearer invalid_client");
        }
    }

    private static String run(Path place, String issuer, String form) {
        Outcome outcome = Processes.run(
                place, Map.of(), List.of("node", "client.mjs", issuer, form.substring(1), ProfileService.SECRET));
        return outcome.exitCode() == 0 ? outcome.out().strip() : outcome.err();
    }
}
