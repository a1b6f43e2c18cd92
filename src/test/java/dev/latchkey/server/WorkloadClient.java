package dev.latchkey.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettingsJson;
import dev.latchkey.harness.TestService;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.permission.Actor;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What a service is told of workload identity, and a client that has no secret. */
record WorkloadClient(TestService service) {
    private static final Actor OWNER = Actor.operator("test");

    /** Trusts an issuer that has this name; {@code more} are further fields, as {@code ,"single_use":true}. */
    void trust(String name, String issuer, String more) {
        service.services()
                .issuers()
                .add(OWNER, object("{\"name\":\"" + name + "\",\"issuer\":\"" + issuer + "\"" + more + "}"));
    }

    void trustNoMore(String name) {
        service.services().issuers().remove(OWNER, name);
    }

    /** A key without a secret, which trusts this. */
    AccessKey key(String name, String federated) {
        service.key("fx");
        return service.services()
                .accessKeys()
                .createWithoutSecret(
                        OWNER,
                        AccessKeySettingsJson.create(object(
                                "{\"name\":\"" + name + "\",\"scopes\":[\"fx\"],\"federated\":[" + federated + "]}")),
                        false);
    }

    private static ObjectNode object(String json) {
        try {
            return JsonBinding.readObject(json);
        } catch (JsonSyntaxException e) {
            throw new AssertionError(json, e);
        }
    }

    static HttpRequest.Builder request(TestService at, String token, String more) {
        String form = "grant_type=client_credentials&client_assertion_type="
                + URLEncoder.encode(AssertionClient.TYPE, StandardCharsets.UTF_8) + "&client_assertion=" + token + more;
        return at.request("/connect/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    HttpResponse<String> post(String token) {
        return post(token, "");
    }

    HttpResponse<String> post(String token, String more) {
        return service.send(request(service, token, more));
    }
}
