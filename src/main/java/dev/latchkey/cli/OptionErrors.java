package dev.latchkey.cli;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import java.util.Map;

/** Names the fields that a failure is about as the options that set them: {@code --expires-at} for {@code expires_at}. */
public final class OptionErrors {
    private OptionErrors() {}

    public static ServiceException of(ServiceException e) {
        return of(e, Map.of());
    }

    /** The same where some are set by what is called otherwise. */
    public static ServiceException of(ServiceException e, Map<String, String> others) {
        if (e.errors().isEmpty()) {
            return e;
        }
        return ServiceException.invalid(
                e.errors().stream().map(error -> underOptionName(error, others)).toList());
    }

    private static FieldError underOptionName(FieldError error, Map<String, String> others) {
        String field = error.field().replaceFirst("\\[\\d+]$", "").replace('_', '-');
        String option = field.startsWith("-") ? field : "--" + field;
        return new FieldError(others.getOrDefault(field, option), error.message());
    }
}
