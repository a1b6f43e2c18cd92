package dev.latchkey.cli;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;

/** Names the fields that a failure is about as the options that set them: {@code --expires-at} for {@code expires_at}. */
public final class OptionErrors {
    private OptionErrors() {}

    public static ServiceException of(ServiceException e) {
        if (e.errors().isEmpty()) {
            return e;
        }
        return ServiceException.invalid(
                e.errors().stream().map(OptionErrors::underOptionName).toList());
    }

    private static FieldError underOptionName(FieldError error) {
        String field = error.field().replaceFirst("\\[\\d+]$", "").replace('_', '-');
        return new FieldError(field.startsWith("-") ? field : "--" + field, error.message());
    }
}
