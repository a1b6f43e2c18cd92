package dev.latchkey.dev.requests;

import dev.latchkey.client.ClientProof;
import dev.latchkey.dev.profile.EndpointKind;
import dev.latchkey.error.LogText;
import dev.latchkey.http.exchange.BasicCredentials;
import dev.latchkey.http.exchange.BearerToken;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What a client sent to one of the endpoints that a stand-in watches, before anything is checked. Prints no credentials.
 *
 * @param at by the stand-in's clock
 * @param path without its query
 * @param authorization the value of {@code Authorization}; empty where there is none, as the query is
 * @param parameters of the body, a form or a JSON object; empty where it is neither
 */
public record SentRequest(
        Instant at,
        EndpointKind kind,
        String method,
        String path,
        String query,
        String authorization,
        @Nullable String contentType,
        Map<String, String> parameters,
        @Nullable String keyId,
        @Nullable String scope) {
    private static final String ATTRIBUTE = "dev.latchkey.dev.sent";
    private static final int MAX_ID = 64;
    private static final int MAX_TEXT = 1000;

    /** Takes what a request says; its body was read. */
    public static SentRequest of(Instant at, EndpointKind kind, Request request, byte[] body) {
        String query = Objects.requireNonNullElse(request.getHttpURI().getQuery(), "");
        List<String> authorization = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
        String header = authorization.isEmpty() ? "" : authorization.get(0);
        String path = Request.getPathInContext(request);
        Map<String, String> parameters = parameters(body);
        String scope = kind == EndpointKind.VERIFY
                ? parameters(query.getBytes(StandardCharsets.UTF_8)).get("scope")
                : parameters.get("scope");
        SentRequest sent = new SentRequest(
                at,
                kind,
                request.getMethod(),
                path.substring(0, Math.min(path.length(), MAX_TEXT)),
                query,
                header,
                request.getHeaders().get(HttpHeader.CONTENT_TYPE),
                parameters,
                cut(keyId(header, parameters), MAX_ID),
                cut(scope, MAX_TEXT));
        request.setAttribute(ATTRIBUTE, sent);
        return sent;
    }

    /** What a request that was watched says; null where it was not. */
    public static @Nullable SentRequest of(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof SentRequest sent ? sent : null;
    }

    private static Map<String, String> parameters(byte[] body) {
        Map<String, String> texts = new LinkedHashMap<>();
        try {
            if (body.length > 0 && body[0] == '{') {
                JsonReader.object(body).forEach((name, value) -> {
                    if (value instanceof String text) {
                        texts.put(name, text);
                    }
                });
            } else {
                FormBody form = FormBody.parse(body, "resource");
                form.names().forEach(name -> texts.put(name, Objects.requireNonNullElse(form.get(name), "")));
            }
            return texts;
        } catch (JsonSyntaxException | HttpRefusal e) {
            return Map.of();
        }
    }

    private static @Nullable String keyId(String authorization, Map<String, String> parameters) {
        Optional<String> token = BearerToken.parse(authorization);
        if (token.isPresent()) {
            return claim(token.get(), "client_id", "azp", "sub");
        }
        if (!authorization.isEmpty()) {
            return BasicCredentials.parse(authorization)
                    .map(ClientProof.Credentials::clientId)
                    .orElse(null);
        }
        String assertion = parameters.get("client_assertion");
        String id = parameters.get("client_id");
        return id != null || assertion == null ? id : claim(assertion, "sub", "iss");
    }

    /** The first of these claims that a token has, unverified. */
    private static @Nullable String claim(String jwt, String... names) {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            Map<String, Object> claims =
                    JsonReader.object(Base64.getUrlDecoder().decode(parts[1]));
            for (String name : names) {
                if (claims.get(name) instanceof String text) {
                    return text;
                }
            }
        } catch (IllegalArgumentException | JsonSyntaxException e) {
            return null;
        }
        return null;
    }

    private static @Nullable String cut(@Nullable String text, int most) {
        return text == null || text.length() <= most ? text : text.substring(0, most);
    }

    /** What the log has of it when it was answered so. */
    public RecordedRequest answered(@Nullable Integer status, @Nullable String reason, @Nullable String advice) {
        return new RecordedRequest(
                at, kind.publicName(), method, path, status, shown(keyId), shown(scope), reason, advice);
    }

    /** Not what could be a secret or a token in the wrong place. */
    private static @Nullable String shown(@Nullable String text) {
        return text == null || !LogText.couldBeSecret(text) ? text : LogText.quoted(text);
    }

    @Override
    public String toString() {
        return "SentRequest[" + kind + " " + method + "]";
    }
}
