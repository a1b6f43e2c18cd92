package dev.latchkey.http.exchange;

import dev.latchkey.error.ServiceException;

/** What goes into the log of an error that a caller caused: one line, of a bounded length, whatever they sent. */
final class LogLine {
    private static final int MAX_LENGTH = 500;

    private LogLine() {}

    /** The true reason: the cause's message where there is a cause, else the error's own. */
    static String of(Throwable error) {
        boolean apart =
                error instanceof ServiceException known && !known.reason().equals(known.getMessage());
        Throwable cause = apart || error.getCause() == null ? error : error.getCause();
        String message =
                cause instanceof ServiceException failure ? failure.logMessage() : String.valueOf(cause.getMessage());
        String shown = message.length() > MAX_LENGTH ? message.substring(0, MAX_LENGTH) + "…" : message;
        return shown.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
