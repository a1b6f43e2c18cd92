package dev.latchkey.bench;

/**
 * The request that a run repeats.
 *
 * @param method the HTTP method
 * @param path with its query
 * @param authorization the header's value; never printed
 * @param body a form; empty = none
 */
record Request(String method, String path, String authorization, String body) {
    /** The request as bytes on the wire, in ISO 8859-1. */
    String onTheWire() {
        return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + authorization
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
