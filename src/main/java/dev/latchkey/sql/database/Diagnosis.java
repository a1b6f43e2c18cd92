package dev.latchkey.sql.database;

import dev.latchkey.error.ErrorKind;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of the database means. Immutable.
 *
 * @param effect what does not work because of it
 * @param kind {@link ErrorKind#MISCONFIGURED} when a person has to act, {@link ErrorKind#UNAVAILABLE} when waiting may help
 * @param problem what is wrong, to follow the name of the store
 * @param remedy what to do about it, a clause
 */
record Diagnosis(Effect effect, ErrorKind kind, String problem, String remedy) {
    private static final int MAX_LENGTH = 300;
    private static final String CONNECTION = "08";

    /** How far a failure reaches. */
    enum Effect {
        /** One statement. */
        STATEMENT,
        /** All that writes; reading goes on. */
        WRITING,
        /** Everything: the database cannot be reached. */
        ALL
    }

    /** One in each row: codes, effect, kind, and after bars problem and remedy. */
    static Map<String, Diagnosis> table(String rows) {
        Map<String, Diagnosis> table = new HashMap<>();
        for (String row : rows.lines().toList()) {
            String[] cells = row.split(" \\| ", 3);
            String[] head = cells[0].split(" ", 3);
            Diagnosis each = new Diagnosis(Effect.valueOf(head[1]), ErrorKind.valueOf(head[2]), cells[1], cells[2]);
            for (String code : head[0].split(",", -1)) {
                table.put(code, each);
            }
        }
        return Map.copyOf(table);
    }

    static Diagnosis permanent(Effect effect, String problem, String remedy) {
        return new Diagnosis(effect, ErrorKind.MISCONFIGURED, problem, remedy);
    }

    static Diagnosis passing(Effect effect, String problem, String remedy) {
        return new Diagnosis(effect, ErrorKind.UNAVAILABLE, problem, remedy);
    }

    /** The same with other words in the place of one. */
    Diagnosis with(String placeholder, String words) {
        return new Diagnosis(effect, kind, problem.replace(placeholder, words), remedy.replace(placeholder, words));
    }

    /** The same for a failure to read: where not even that works, nothing does. */
    Diagnosis whileReading() {
        return effect == Effect.WRITING ? new Diagnosis(Effect.ALL, kind, problem, remedy) : this;
    }

    /** The whole of it in one line: the store, the problem, what the database said, the remedy. No password is in it. */
    String line(Location location, SQLException failure) {
        String said = said(failure, location.secret());
        return "The store " + location.shown() + " " + problem + " (" + said + "); " + remedy + ".";
    }

    /** The first line of the innermost failure, without the password; what follows may quote rows. Also what the network said. */
    static String said(SQLException failure, @Nullable String password) {
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
