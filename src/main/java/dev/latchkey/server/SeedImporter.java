package dev.latchkey.server;

import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.ImportListener;
import dev.latchkey.accesskey.importing.ImportSource;
import dev.latchkey.accesskey.importing.ImportVariables;
import dev.latchkey.config.SeedDocument;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.file.SecretFileAccess;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.log.LogEvent;
import dev.latchkey.permission.Actor;
import java.io.IOException;
import java.io.Reader;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The document that says which keys and scopes a service is to start with. */
final class SeedImporter {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.server");
    private static final int OVERLAP = 128;

    /** A secret that stands in the file itself. */
    private static final Pattern SECRET = Pattern.compile("\"secret\"\\s{0,50}:\\s{0,50}\"(?!\\$\\{)");

    private SeedImporter() {}

    /** How a seed is taken by every service. */
    static AccessKeyImport.Rules rules(SeedDocument document) {
        return new AccessKeyImport.Rules(false, true).with(ImportVariables.of(document.variables()));
    }

    /**
     * Brings the store to what the document says.
     *
     * @throws ServiceException of kind INVALID that names the document, the rows and the fields at fault, or MISCONFIGURED
     *     when it is not JSON or cannot be read
     */
    static void apply(
            SeedDocument document, ImportSource source, AccessKeyImport imports, AccessKeyImport.Rules rules) {
        try {
            imports.run(Actor.system(), source, rules, ImportListener.NONE);
        } catch (JsonSyntaxException e) {
            throw ServiceException.of(ErrorKind.MISCONFIGURED, named(document) + " " + e.getMessage() + ".", e);
        } catch (ServiceException e) {
            if (e.kind() != ErrorKind.INVALID) {
                throw e;
            }
            List<FieldError> errors = e.errors().stream()
                    .map(error -> new FieldError(named(document) + ": " + error.field(), error.message()))
                    .toList();
            throw ServiceException.invalid(errors);
        }
    }

    /**
     * Where to read it from: a file is read anew each time; what can be read only once, such as a pipe, is kept in memory.
     *
     * @throws ServiceException of kind MISCONFIGURED when it cannot be read
     */
    static ImportSource source(SeedDocument document) {
        String json = document.json();
        Path file = document.file();
        try {
            if (json != null) {
                return ImportSource.of(json.getBytes(StandardCharsets.UTF_8));
            }
            if (file == null) {
                return ImportSource.of(System.in.readAllBytes());
            }
            if (!Files.isRegularFile(file)) {
                return ImportSource.of(Files.readAllBytes(file));
            }
            warnIfOthersCanReadSecrets(file);
            return () -> Files.newInputStream(file);
        } catch (IOException e) {
            throw ServiceException.of(
                    ErrorKind.MISCONFIGURED,
                    named(document) + " cannot be read; check that it is there and readable.",
                    e);
        }
    }

    private static void warnIfOthersCanReadSecrets(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            Optional<String> problem = SecretFileAccess.problem(file);
            if (problem.isPresent() && holdsSecrets(text)) {
                LogEvent.SEED_PROBLEM
                        .warn(LOG)
                        .log("{} {}, which holds secrets, {}", ServeFlag.SEED.flag(), file, problem.get());
            }
        }
    }

    /** In bounded memory; the parts overlap by more than the expression can be long. */
    private static boolean holdsSecrets(Reader text) throws IOException {
        char[] part = new char[8192];
        int kept = 0;
        for (int read = text.read(part); read >= 0; read = text.read(part, kept, part.length - kept)) {
            int filled = kept + read;
            if (SECRET.matcher(CharBuffer.wrap(part, 0, filled)).find()) {
                return true;
            }
            kept = Math.min(filled, OVERLAP);
            System.arraycopy(part, filled - kept, part, 0, kept);
        }
        return false;
    }

    private static String named(SeedDocument document) {
        return ServeFlag.SEED.flag() + " " + document;
    }
}
