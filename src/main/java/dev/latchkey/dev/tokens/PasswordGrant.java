package dev.latchkey.dev.tokens;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.error.LogText;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.token.issuing.Grant;
import dev.latchkey.token.issuing.TokenRequest;

/**
 * The resource owner password credentials grant (RFC 6749 §4.3), for tools that can do nothing else: a persona's
 * {@code sub} is the user name, and any password is right.
 */
public record PasswordGrant(Personas personas) implements Grant {
    @Override
    public String type() {
        return "password";
    }

    @Override
    public Subject subject(TokenRequest request, AccessKey client) {
        String name = required(request, "username");
        String unused = required(request, "password");
        CustomClaims own = personas.find(name)
                .orElseThrow(() -> TokenRefusedException.of(
                        OAuthError.INVALID_GRANT,
                        "There is no such user.",
                        "the seed has no persona " + LogText.quoted(name)));
        ObjectNode claims = client.settings().claims().tree();
        claims.setAll(own.tree());
        return new Subject(name, CustomClaims.of(claims));
    }

    private static String required(TokenRequest request, String name) {
        String value = request.parameters().get(name);
        if (value == null) {
            throw TokenRefusedException.of(OAuthError.INVALID_REQUEST, name + " is missing.");
        }
        return value;
    }
}
