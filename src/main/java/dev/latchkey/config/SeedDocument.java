package dev.latchkey.config;

import dev.latchkey.error.ServiceException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys and scopes stand that a service starts with: in a file, in the setting itself, or, where both are null, on
 * standard input. Prints neither the JSON nor the environment, which may hold secrets. Immutable.
 *
 * @param file a file; null = none
 * @param json the document itself; null = none
 * @param variables the environment that the document may name
 */
public record SeedDocument(@Nullable Path file, @Nullable String json, Map<String, String> variables) {
    private static final String STANDARD_INPUT = "-";

    public SeedDocument {
        variables = Map.copyOf(variables);
    }

    /**
     * Reads the value of {@code --seed}: one that begins with a brace is the JSON itself, {@code -} is standard input.
     *
     * @throws ServiceException of kind INVALID when it can be neither
     */
    static SeedDocument parse(String flag, String text, Map<String, String> env) {
        if (text.stripLeading().startsWith("{")) {
            return new SeedDocument(null, text, env);
        }
        if (text.equals(STANDARD_INPUT)) {
            return new SeedDocument(null, null, env);
        }
        try {
            if (text.isBlank()) {
                throw ServiceException.invalid(
                        flag, "must be a file, JSON that begins with {, or - for standard input");
            }
            return new SeedDocument(Path.of(text), null, env);
        } catch (InvalidPathException e) {
            throw ServiceException.invalid(flag, "must be a file's path");
        }
    }

    @Override
    public String toString() {
        return json != null ? "{…}" : file != null ? file.toString() : STANDARD_INPUT;
    }
}
