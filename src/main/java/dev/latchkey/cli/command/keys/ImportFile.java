package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.importing.ImportSource;
import dev.latchkey.cli.file.EncryptedSpool;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.file.OutputFile;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonLines;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document to import, which the command line names. A file is read anew for each reading; standard input, a pipe or a
 * device gives its bytes only once, so that they are kept.
 */
final class ImportFile implements ImportSource, Closeable {
    private static final int MOST_ERRORS = 5;

    private final String name;
    private final @Nullable Path file;
    private final EncryptedSpool spool = new EncryptedSpool();

    private ImportFile(String name, @Nullable Path file) {
        this.name = name;
        this.file = file;
    }

    /** Fails when there is no such file, or it cannot be read. */
    static ImportFile named(String name, CliContext context) {
        try {
            if (name.equals(InputFile.STDIN)) {
                return kept(name, context.in());
            }
            Path path = OutputFile.path(name);
            if (Files.isRegularFile(path)) {
                Files.newInputStream(path).close();
                return new ImportFile(name, path);
            }
            try (InputStream in = Files.newInputStream(path)) {
                return kept(name, in);
            }
        } catch (IOException e) {
            throw InputFile.unreadable(name, e);
        }
    }

    private static ImportFile kept(String name, InputStream in) throws IOException {
        ImportFile kept = new ImportFile(name, null);
        try (OutputStream out = kept.spool.out()) {
            in.transferTo(out);
        }
        return kept;
    }

    @Override
    public InputStream open() throws IOException {
        return file == null ? spool.open() : Files.newInputStream(file);
    }

    /** How messages name it. */
    String shown() {
        return InputFile.shown(name);
    }

    /** One line about some of the rows at fault, and on which lines of the document they stand. */
    String describe(List<FieldError> errors) {
        List<FieldError> told = errors.subList(0, Math.min(errors.size(), MOST_ERRORS));
        JsonLines lines = lines(told);
        StringBuilder message = new StringBuilder(shown() + ": nothing was imported; ");
        told.forEach(error -> {
            lines.of(error.field())
                    .ifPresent(line -> message.append("line ").append(line).append(": "));
            message.append(error.field()).append(' ').append(error.message()).append("; ");
        });
        boolean more = errors.size() > MOST_ERRORS;
        return more ? message + "and more like these" : message.substring(0, message.length() - 2);
    }

    private JsonLines lines(List<FieldError> errors) {
        try {
            return JsonLines.find(open(), errors.stream().map(FieldError::field).toList());
        } catch (IOException e) {
            throw ServiceException.of(ErrorKind.MISCONFIGURED, shown() + " cannot be read any more", e);
        }
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
