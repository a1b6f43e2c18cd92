package dev.latchkey.json;

/** The text is not one JSON document of the wanted form; the message says why, without quoting the text. */
public final class JsonSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    JsonSyntaxException(String message) {
        super(message);
    }
}
