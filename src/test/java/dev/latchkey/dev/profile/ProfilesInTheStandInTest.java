package dev.latchkey.dev.profile;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.claims;
import static dev.latchkey.harness.Answers.data;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stand-in has holds at the paths of its profiles, too. */
class ProfilesInTheStandInTest {
    private static final String KEYCLOAK = "/realms/acme/protocol/openid-connect/token";
    private static final String DISCOVERY = "/realms/acme/.well-known/openid-configuration";

    private ProfileService service;

    @BeforeEach
    void start() {
        service = ProfileService.start("keycloak", "auth0", "entra", "hydra", "checkout");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({KEYCLOAK, "/oauth/token", "/acme/oauth2/v2.0/token", "/oauth2/token", "/connect/token"})
    void refusal_saysWhyBesideTheProvidersAnswer(String path) {
        HttpResponse<String> answer =
                service.post(path, "orders", "wrong", "grant_type=client_credentials&scope=.default");

        assertThat(answer.statusCode()).isIn(400, 401);
        assertThat(answer.headers().firstValue("X-Latchkey-Reason")).hasValue("wrong secret for key orders");
    }

    @Test
    void faultsAndRequests_areOfTheKindOfTheEndpoint() {
        assertThat(fault("{\"on\":\"token\",\"status\":503}").statusCode()).isBetween(200, 201);
        assertThat(fault("{\"on\":\"jwks\",\"status\":500}").statusCode()).isBetween(200, 201);
        assertThat(fault("{\"on\":\"metadata\",\"status\":502}").statusCode()).isBetween(200, 201);

        assertThat(service.get(DISCOVERY).statusCode()).isEqualTo(502);
        assertThat(service.get("/contoso/discovery/v2.0/keys").statusCode()).isEqualTo(500);
        assertThat(service.post(KEYCLOAK, "orders", "grant_type=client_credentials")
                        .statusCode())
                .isEqualTo(503);
        assertThat(service.post(KEYCLOAK, "orders", "grant_type=client_credentials")
                        .statusCode())
                .isEqualTo(200);
        assertThat(data(service.get("/dev/requests")))
                .extracting(request -> request.get("on") + " " + request.get("status"))
                .containsExactly("metadata 502", "jwks 500", "token 503", "token 200");
    }

    @Test
    void urlsInMetadata_followTheHost_andTheIssuerDoesNot() throws IOException {
        Map<String, Object> document =
                json(raw("GET " + DISCOVERY + " HTTP/1.1\r\nHost: latchkey:8080\r\nConnection: close\r\n\r\n")
                        .split("\r\n\r\n", 2)[1]);

        assertThat(document)
                .containsEntry("issuer", service.issuer() + "/realms/acme")
                .containsEntry("jwks_uri", "http://latchkey:8080/realms/acme/protocol/openid-connect/certs")
                .containsEntry("token_endpoint", "http://latchkey:8080" + KEYCLOAK);
    }

    @Test
    void readyKey_mayNameAnyAudienceInTheProvidersWay() {
        assertThat(claims(dev("/acme/oauth2/v2.0/token", "&scope=api://x/.default")))
                .containsEntry("aud", "api://x");
        assertThat(claims(dev("/oauth/token", "&audience=https://x.example.com&scope=a+b")))
                .containsEntry("aud", "https://x.example.com")
                .containsEntry("scope", "a b");
        assertThat(claims(dev(KEYCLOAK, "&scope=a"))).containsEntry("realm_access", Map.of("roles", List.of("a")));
    }

    @Test
    void issuerWithAPath_isTheBaseOfIssuersAndPaths() {
        try (ProfileService below =
                ProfileService.start(Map.of(ServeFlag.ISSUER, "http://localhost:8080/auth"), "keycloak", "entra")) {
            String token = below.token("/auth" + KEYCLOAK, "orders", "");

            assertThat(claims(token)).containsEntry("iss", "http://localhost:8080/auth/realms/acme");
            assertThat(json(below.post("/auth/connect/introspect", "plain", "token=" + token)))
                    .containsEntry("active", true);
            assertThat(below.get("/auth/realms/acme/protocol/openid-connect/certs")
                            .body())
                    .isEqualTo(below.get("/.well-known/jwks.json").body());
        }
    }

    @Test
    void personasToken_saysWhoInTheProvidersWay() {
        String seed = """
                {"personas":[{"sub":"alice","claims":{"realm_access":{"roles":["admin"]}}}]}""";
        try (ProfileService people = ProfileService.start(Map.of(ServeFlag.SEED, seed), "keycloak", "auth0")) {
            String form = "grant_type=password&username=alice&password=x&scope=fx";
            String keycloak = accessToken(people.post(KEYCLOAK, "dev", "dev-secret", form));
            String auth0 = accessToken(people.post("/oauth/token", "dev", "dev-secret", form));

            assertThat(claims(keycloak))
                    .containsEntry("sub", "alice")
                    .containsEntry("preferred_username", "alice")
                    .containsEntry("realm_access", Map.of("roles", List.of("admin")));
            assertThat(claims(auth0)).containsEntry("sub", "alice").containsEntry("gty", "password");
            assertThat(json(people.post("/connect/introspect", "dev", "dev-secret", "token=" + auth0)))
                    .containsEntry("active", true);
        }
    }

    @Test
    void assertion_mayBeForAnIssuerOrATokenEndpointOfAProfile() {
        Profiles profiles = Profiles.of(List.of("keycloak", "entra"));

        for (String own : List.of("/realms/acme", KEYCLOAK, "/acme/v2.0", "/acme/oauth2/v2.0/token")) {
            assertThat(profiles.isAssertionAudience("http://localhost:8080", "http://localhost:8080" + own))
                    .as(own)
                    .isTrue();
        }
        for (String other : List.of("http://elsewhere/realms/acme", "http://localhost:8080" + DISCOVERY)) {
            assertThat(profiles.isAssertionAudience("http://localhost:8080", other))
                    .as(other)
                    .isFalse();
        }
    }

    private String dev(String path, String form) {
        return accessToken(service.post(path, "dev", "dev-secret", "grant_type=client_credentials" + form));
    }

    private HttpResponse<String> fault(String json) {
        return service.send(service.request("/dev/faults")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private String raw(String request) throws IOException {
        int port = URI.create(service.issuer()).getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
