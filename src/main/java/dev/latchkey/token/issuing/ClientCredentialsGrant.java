package dev.latchkey.token.issuing;

import dev.latchkey.accesskey.AccessKey;

/** The client credentials grant (RFC 6749 §4.4): the client acts for itself, and has proved all that is asked for. */
public final class ClientCredentialsGrant implements Grant {
    @Override
    public String type() {
        return "client_credentials";
    }

    @Override
    public Subject subject(TokenRequest request, AccessKey client) {
        return new Subject(client.id(), client.settings().claims());
    }
}
