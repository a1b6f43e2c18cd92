package dev.latchkey.sql;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a driver says about a failure, made fit for one line of a log. */
final class DriverMessage {
    private static final int MAX_LENGTH = 300;
    private static final String CONNECTION = "08";

    private DriverMessage() {}

    /**
     * The first line of the innermost failure; what follows may quote rows. Where the network failed, what that said
     * stands beside it.
     *
     * @param password is blotted out; null = none
     */
    static String of(SQLException failure, @Nullable String password) {
        SQLException said = Dialect.innermost(failure);
        String text = firstLine(said);
        Throwable cause = said.getCause();
        if (cause != null && String.valueOf(said.getSQLState()).startsWith(CONNECTION)) {
            text += " " + cause.getClass().getSimpleName() + ": " + firstLine(cause);
        }
        if (password != null && !password.isEmpty()) {
            text = text.replace(password, "…");
        }
        String shown = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?").strip();
        return shown.length() > MAX_LENGTH ? shown.substring(0, MAX_LENGTH) + "…" : shown;
    }

    /** The first cause of this type; empty = none. */
    static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    private static String firstLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
