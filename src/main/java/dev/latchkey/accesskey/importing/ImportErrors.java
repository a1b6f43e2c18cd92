package dev.latchkey.accesskey.importing;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with an import file, all of it, each under the row it stands in. Not thread-safe. */
final class ImportErrors {
    private final List<FieldError> errors = new ArrayList<>();
    private long untold;

    void add(String field, String message) {
        if (errors.size() < ServiceException.MAX_TOLD) {
            errors.add(new FieldError(field, message));
        } else {
            untold++;
        }
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    /** Runs what reads one row, and notes what is wrong with it as {@code keys[3].name}. */
    void within(String row, Runnable reading) {
        try {
            reading.run();
        } catch (ServiceException e) {
            if (e.errors().isEmpty()) {
                throw e;
            }
            e.errors().forEach(error -> add(row + "." + error.field(), error.message()));
        }
    }

    void throwIfAny() {
        if (untold > 0) {
            throw ServiceException.invalid(errors, new FieldError("keys", "has " + untold + " more mistakes"));
        }
        ServiceException.throwIfAny(errors);
    }
}
