package dev.latchkey.http.exchange;

/**
 * The request is wrong as HTTP, whatever it asks for: too large, of the wrong type, malformed, of a method that the path
 * does not have.
 */
public final class HttpRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String description;

    public HttpRefusal(int status, String message) {
        this(status, message, message);
    }

    /** As above, with more in the log than the caller is told. */
    public HttpRefusal(int status, String description, String reason) {
        super(reason, null, false, false);
        this.status = status;
        this.description = description;
    }

    /** The status of the answer (RFC 9110 §15.5). */
    public int status() {
        return status;
    }

    /** What is wrong and what to do; public. */
    public String description() {
        return description;
    }

    /** What the log is told: the description, or that and what was sent. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
