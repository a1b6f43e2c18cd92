package dev.latchkey.http.exchange;

import dev.latchkey.client.ClientProof;
import dev.latchkey.error.LogText;
import java.util.Base64;
import java.util.Optional;

/**
 * Reads {@code Authorization: Basic} (RFC 7617) as OAuth clients send it: id and secret are form-urlencoded before they
 * are joined (RFC 6749 §2.3.1).
 */
public final class BasicCredentials {
    private static final String SCHEME = "Basic";

    private BasicCredentials() {}

    /** Why {@link #parse} finds no credentials in the header's value, for the log; follows what the header is called. */
    public static String problem(String header) {
        int space = header.indexOf(' ');
        String scheme = space < 0 ? header : header.substring(0, space);
        if (!scheme.equalsIgnoreCase(SCHEME)) {
            return "is of the scheme " + LogText.quoted(scheme) + ", not Basic";
        }
        return "is not Basic with an id, a colon and a secret in base64, both form-urlencoded before";
    }

    /** The credentials in the header's value; empty when they are malformed or of another scheme. */
    public static Optional<ClientProof.Credentials> parse(String header) {
        int space = header.indexOf(' ');
        if (space < 0 || !header.substring(0, space).equalsIgnoreCase(SCHEME)) {
            return Optional.empty();
        }
        byte[] pair;
        try {
            pair = Base64.getDecoder().decode(header.substring(space + 1).trim());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = 0;
        while (colon < pair.length && pair[colon] != ':') {
            colon++;
        }
        if (colon == pair.length) {
            return Optional.empty();
        }
        Optional<String> id = FormBody.decode(pair, 0, colon);
        Optional<String> secret = FormBody.decode(pair, colon + 1, pair.length);
        return id.isPresent() && secret.isPresent()
                ? Optional.of(new ClientProof.Credentials(id.get(), secret.get()))
                : Optional.empty();
    }
}
