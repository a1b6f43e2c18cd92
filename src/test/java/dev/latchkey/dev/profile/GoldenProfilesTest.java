package dev.latchkey.dev.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each profile says to the letter: a token, its answer, its refusals and its discovery document, beside this test. */
class GoldenProfilesTest {
    private static ProfileService several;
    private static ProfileService others;

    @BeforeAll
    static void start() {
        several = ProfileService.start("keycloak", "auth0", "entra", "duende");
        others = ProfileService.start("hydra", "checkout");
    }

    @AfterAll
    static void stop() {
        several.close();
        others.close();
    }

    @ParameterizedTest
    @CsvSource({
        "keycloak, /realms/acme/protocol/openid-connect/token, &scope=fx%20vault",
        "auth0, /oauth/token, &audience=https://api.example.com",
        "entra, /acme/oauth2/v2.0/token, &scope=https://api.example.com/.default",
        "hydra, /oauth2/token, &audience=https://api.example.com",
        "duende, /connect/token, &scope=fx%20vault",
        "checkout, /connect/token, &scope=fx%20vault"
    })
    void token_isTheProvidersToTheLetter(String profile, String path, String form) throws Exception {
        HttpResponse<String> answer = service(profile).post(path, "orders", "grant_type=client_credentials" + form);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        ObjectNode whole = object(answer.body());
        String[] parts = whole.path("access_token").textValue().split("\\.", -1);
        ObjectNode token = JsonBinding.object();
        token.set("header", part(parts[0]).put("kid", "KID"));
        ObjectNode claims = part(parts[1]);
        for (String id : List.of("jti", "uti")) {
            if (claims.has(id)) {
                assertThat(claims.path(id).textValue()).hasSize(22);
                claims.put(id, "ID");
            }
        }
        token.set("claims", claims);
        token.set("answer", whole.put("access_token", "TOKEN"));
        assertGolden(profile, "token", token);
    }

    @ParameterizedTest
    @CsvSource({
        "keycloak, /realms/acme/.well-known/openid-configuration",
        "auth0, /.well-known/openid-configuration",
        "entra, /acme/v2.0/.well-known/openid-configuration",
        "hydra, /.well-known/openid-configuration",
    })
    void discovery_isTheProvidersToTheLetter(String profile, String path) throws Exception {
        HttpResponse<String> answer = service(profile).get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertGolden(profile, "metadata", object(answer.body()));
    }

    @ParameterizedTest
    @CsvSource({
        "keycloak, /realms/acme/protocol/openid-connect/token, &scope=fx",
        "auth0, /oauth/token, &audience=https://api.example.com",
        "entra, /acme/oauth2/v2.0/token, &scope=https://api.example.com/.default",
        "hydra, /oauth2/token, &scope=fx",
        "duende, /connect/token, &scope=fx",
        "checkout, /connect/token, &scope=fx"
    })
    void refusals_areTheProvidersToTheLetter(String profile, String path, String good) throws Exception {
        String grant = "grant_type=client_credentials";
        ObjectNode refusals = JsonBinding.object();
        refusals.set("wrong secret", refusal(profile, path, "orders", "wrong", grant + good));
        refusals.set("unknown client", refusal(profile, path, "nobody", "wrong", grant + good));
        refusals.set("no grant type", refusal(profile, path, "orders", ProfileService.SECRET, good.substring(1)));
        refusals.set(
                "other grant type", refusal(profile, path, "orders", ProfileService.SECRET, "grant_type=x" + good));
        refusals.set("scope beyond", refusal(profile, path, "orders", ProfileService.SECRET, grant + "&scope=admin"));
        refusals.set("other audience", refusal(profile, path, "orders", ProfileService.SECRET, grant + other(profile)));
        refusals.set("twice", refusal(profile, path, "orders", ProfileService.SECRET, grant + "&scope=fx&scope=fx"));
        assertGolden(profile, "refusals", refusals);
    }

    private static String other(String profile) {
        return profile.equals("entra")
                ? "&scope=https://other.example.com/.default"
                : "&audience=https://other.example.com";
    }

    private static ObjectNode refusal(String profile, String path, String key, String secret, String form)
            throws Exception {
        HttpResponse<String> answer = service(profile).post(path, key, secret, form);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
        ObjectNode body = object(answer.body());
        String description = body.path("error_description").asText();
        for (String id : List.of("trace_id", "correlation_id")) {
            if (body.has(id)) {
                description = description.replace(body.path(id).textValue(), "UUID");
                body.put(id, "UUID");
            }
        }
        if (body.has("error_description")) {
            body.put("error_description", description);
        }
        ObjectNode refusal = JsonBinding.object().put("status", answer.statusCode());
        refusal.set("body", body);
        return refusal;
    }

    private static ProfileService service(String profile) {
        return List.of("hydra", "checkout").contains(profile) ? others : several;
    }

    private static ObjectNode part(String encoded) throws JsonSyntaxException {
        return JsonBinding.readObject(Base64.getUrlDecoder().decode(encoded));
    }

    private static ObjectNode object(String json) throws JsonSyntaxException {
        return JsonBinding.readObject(json);
    }

    /** Compares with the file; the issuer stands there with the standard port. */
    private static void assertGolden(String profile, String what, ObjectNode found) throws Exception {
        String text = JsonBinding.text(found).replace(service(profile).issuer(), "http://localhost:8080");
        assertThat(object(text))
                .as("%s.%s.json: %s", profile, what, text)
                .isEqualTo(golden(profile + "." + what + ".json"));
    }

    private static JsonNode golden(String name) throws IOException, JsonSyntaxException {
        try (InputStream in = GoldenProfilesTest.class.getResourceAsStream(name)) {
            return JsonBinding.readObject(Objects.requireNonNull(in, name).readAllBytes());
        }
    }
}
