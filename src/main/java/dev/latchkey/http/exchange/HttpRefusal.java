package dev.latchkey.http.exchange;

/**
 * The request is wrong as HTTP, whatever it asks for: too large, of the wrong type, malformed, of a method that the path
 * does not have.
 */
public final class HttpRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public HttpRefusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** The status of the answer (RFC 9110 §15.5). */
    public int status() {
        return status;
    }

    /** What is wrong and what to do; public. */
    public String description() {
        return String.valueOf(getMessage());
    }
}
