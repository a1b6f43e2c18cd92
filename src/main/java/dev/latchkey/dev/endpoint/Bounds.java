package dev.latchkey.dev.endpoint;

import dev.latchkey.error.FieldError;
import java.util.List;

/**
 * The whole numbers that a field may have.
 *
 * @param least the first of them
 * @param most the last of them
 */
public record Bounds(int least, int most) {
    /** Adds what is wrong with a number. */
    public void check(String field, int number, List<FieldError> errors) {
        if (!has(number)) {
            errors.add(new FieldError(field, rule()));
        }
    }

    boolean has(int number) {
        return number >= least && number <= most;
    }

    String rule() {
        return "must be a whole number from " + least + " to " + most;
    }
}
