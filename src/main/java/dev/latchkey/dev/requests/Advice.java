package dev.latchkey.dev.requests;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.dev.profile.EndpointKind;
import dev.latchkey.http.exchange.BearerToken;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names the mistake of a client that was refused. It repeats no secret; it may say more than a service in production
 * could, since the stand-in guards nothing. Thread-safe.
 */
public record Advice(AccessKeyStore keys) {
    /** What the client should do otherwise; empty where nothing is known. */
    Optional<String> of(SentRequest sent) {
        return switch (sent.kind()) {
            case TOKEN, INTROSPECTION, REVOCATION ->
                form(sent).or(() -> credentials(sent)).or(() -> parameters(sent));
            case VERIFY -> bearer(sent);
            default -> Optional.empty();
        };
    }

    private static Optional<String> form(SentRequest sent) {
        if (!sent.method().equals("POST")) {
            return Optional.of("Use POST with the parameters in a form body.");
        }
        String type = sent.contentType();
        if (type == null) {
            return Optional.of("Send Content-Type: application/x-www-form-urlencoded.");
        }
        String plain = type.toLowerCase(Locale.ROOT);
        if (plain.contains("json")) {
            return Optional.of("Send the parameters as a form (application/x-www-form-urlencoded), not as JSON.");
        }
        if (plain.startsWith("multipart/")) {
            return Optional.of("Send the form as application/x-www-form-urlencoded, not as multipart.");
        }
        if (sent.query().matches("(?s).*(^|&)(client_id|client_secret|grant_type|scope)=.*")) {
            return Optional.of("Send the parameters in the body: those of the query are never read.");
        }
        return Optional.empty();
    }

    private Optional<String> credentials(SentRequest sent) {
        String header = sent.authorization();
        if (BearerToken.parse(header).isPresent()) {
            return Optional.of(
                    "Send the key's id and secret by HTTP Basic; a token does not authenticate a client here.");
        }
        if (header.isEmpty()) {
            return inBody(sent);
        }
        if (sent.parameters().containsKey("client_secret")) {
            return Optional.of("Send the secret once: in the Authorization header or in the body, not in both.");
        }
        String[] pair = basic(header);
        if (pair == null) {
            return Optional.of("Authorization must be Basic and base64 of ID:SECRET, each form-encoded before.");
        }
        String inBody = sent.parameters().get("client_id");
        if (inBody != null && !inBody.equals(decoded(pair[0]))) {
            return Optional.of("client_id in the body is another one than in the Authorization header; leave it out.");
        }
        return keys.find(decoded(pair[0]))
                .or(() -> keys.find(pair[0]))
                .map(key -> secret(key, pair[1]))
                .orElseGet(() -> Optional.of("There is no key of this id here; ids are case-sensitive."));
    }

    private Optional<String> inBody(SentRequest sent) {
        String id = sent.parameters().get("client_id");
        String secret = sent.parameters().get("client_secret");
        if (sent.parameters().containsKey("client_assertion")) {
            return Optional.empty();
        }
        if (id == null || secret == null) {
            return Optional.of(
                    "Send the key's id and secret by HTTP Basic, or as client_id and client_secret in the body.");
        }
        return keys.find(id)
                .map(key -> plain(key, secret))
                .orElseGet(() -> Optional.of("There is no key of this id here; ids are case-sensitive."));
    }

    private static Optional<String> secret(AccessKey key, String sent) {
        String meant = decoded(sent);
        if (isOf(key, meant)) {
            return Optional.empty();
        }
        if (isOf(key, sent)) {
            return Optional.of(
                    "The secret was sent as it is: form-encode id and secret before base64 (RFC 6749 section 2.3.1).");
        }
        if (isOf(key, decoded(meant))) {
            return Optional.of("The secret was form-encoded twice; encode it once.");
        }
        return plain(key, meant);
    }

    private static Optional<String> plain(AccessKey key, String secret) {
        if (isOf(key, secret)) {
            return Optional.empty();
        }
        if (isOf(key, secret.strip())) {
            return Optional.of("The secret has blanks or a line end around it; cut them off.");
        }
        return isOf(key, decoded(secret))
                ? Optional.of("The secret was form-encoded once too often for a form body.")
                : Optional.of("The secret is not one of this key's.");
    }

    private static boolean isOf(AccessKey key, String secret) {
        SecretHash hash = SecretHash.of(secret);
        return key.secrets().stream().anyMatch(stored -> stored.hash().matches(hash));
    }

    private static Optional<String> parameters(SentRequest sent) {
        if (sent.kind() != EndpointKind.TOKEN) {
            return sent.parameters().containsKey("token")
                    ? Optional.empty()
                    : Optional.of("Send the token as the parameter token.");
        }
        String grant = sent.parameters().get("grant_type");
        if (grant == null) {
            return Optional.of("Send grant_type=client_credentials.");
        }
        if (!grant.equals("client_credentials")
                && grant.replaceAll("[^a-z]", "").equals("clientcredentials")) {
            return Optional.of("Write grant_type=client_credentials, with an underscore.");
        }
        Optional<String> scope = ofScope(sent);
        if (scope.isPresent()) {
            return scope;
        }
        if (sent.parameters().containsKey("audience") && sent.parameters().containsKey("resource")) {
            return Optional.of("Send audience or resource, not both.");
        }
        return Optional.empty();
    }

    /** What is wrong with how scopes are asked for, also where a key gets what it asks for. */
    static Optional<String> ofScope(SentRequest sent) {
        if (sent.kind() != EndpointKind.TOKEN) {
            return Optional.empty();
        }
        String scope = sent.scope();
        if (scope != null && scope.indexOf(',') >= 0) {
            return Optional.of("Join scopes by blanks, not by commas.");
        }
        return sent.parameters().containsKey("scopes") || sent.parameters().containsKey("scope[]")
                ? Optional.of("Name the parameter scope, once, with the scopes joined by blanks.")
                : Optional.empty();
    }

    private static Optional<String> bearer(SentRequest sent) {
        if (sent.authorization().isEmpty()) {
            return Optional.of(
                    sent.query().contains("access_token=")
                            ? "Send the token in the header Authorization: Bearer; that of the query is never read."
                            : "Send the token in the header Authorization: Bearer.");
        }
        return BearerToken.parse(sent.authorization()).isPresent()
                ? Optional.empty()
                : Optional.of("Authorization must be Bearer and the token.");
    }

    /** Id and secret as they stand in the header, not decoded as a form; null where they do not. */
    private static String @Nullable [] basic(String header) {
        int space = header.indexOf(' ');
        if (space < 0 || !header.substring(0, space).equalsIgnoreCase("Basic")) {
            return null;
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(header.substring(space + 1).trim()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? null : new String[] {pair.substring(0, colon), pair.substring(colon + 1)};
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
