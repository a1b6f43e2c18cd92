package dev.latchkey.server;

import dev.latchkey.accesskey.AccessKeyImport;
import dev.latchkey.accesskey.ImportListener;
import dev.latchkey.accesskey.ImportSource;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.permission.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that says which keys and scopes a service is to start with. */
final class Seed {
    private static final AccessKeyImport.Rules RULES = new AccessKeyImport.Rules(false, true);

    private Seed() {}

    /**
     * Brings the store to what the file says.
     *
     * @throws LatchkeyException of kind INVALID that names the file, the rows and the fields at fault, or MISCONFIGURED
     *     when it cannot be read
     */
    static void plant(Path file, AccessKeyImport imports) {
        try {
            imports.run(Actor.system(), source(file), RULES, ImportListener.NONE);
        } catch (JsonSyntaxException e) {
            throw LatchkeyException.of(ErrorKind.MISCONFIGURED, named(file) + " " + e.getMessage() + ".", e);
        } catch (LatchkeyException e) {
            if (e.kind() != ErrorKind.INVALID) {
                throw e;
            }
            List<FieldError> errors = e.errors().stream()
                    .map(error -> new FieldError(named(file) + ": " + error.field(), error.message()))
                    .toList();
            throw LatchkeyException.invalid(errors);
        }
    }

    /** A file is read anew each time; what can be read only once, such as a pipe, is kept in memory. */
    private static ImportSource source(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return ImportSource.of(Files.readAllBytes(file));
            }
            Files.newInputStream(file).close();
            return () -> Files.newInputStream(file);
        } catch (IOException e) {
            throw LatchkeyException.of(
                    ErrorKind.MISCONFIGURED, named(file) + " cannot be read; check that it is there and readable.", e);
        }
    }

    private static String named(Path file) {
        return ServeFlag.SEED.flag() + " " + file;
    }
}
