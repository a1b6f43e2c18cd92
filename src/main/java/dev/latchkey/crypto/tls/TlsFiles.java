package dev.latchkey.crypto.tls;

import dev.latchkey.error.ServiceException;
import dev.latchkey.log.LogEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate and the private key that HTTPS shows. A renewal writes two files one after the other, and
 * neither at one stroke; what cannot be used changes nothing, and is told once when it has stood there for a while.
 * Thread-safe.
 */
public final class TlsFiles {
    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

    private final Path certificate;
    private final Path privateKey;
    private final Clock clock;
    private TlsIdentity current;
    private boolean untimelyTold;
    private Seen used;
    private @Nullable Seen refused;
    private @Nullable ServiceException refusal;

    /** What both files looked like, as far as one look tells; links are followed. Null = not there. */
    private record Seen(
            @Nullable Map<String, Object> certificate,
            @Nullable Map<String, Object> privateKey) {}

    /** Reads both files; null where there are none. */
    public static @Nullable TlsFiles of(@Nullable Path certificate, @Nullable Path privateKey, Clock clock) {
        return certificate == null || privateKey == null ? null : new TlsFiles(certificate, privateKey, clock);
    }

    /** Reads both files; fails with {@link dev.latchkey.error.ErrorKind#MISCONFIGURED} when they cannot be used. */
    public TlsFiles(Path certificate, Path privateKey, Clock clock) {
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.clock = clock;
        this.used = look();
        this.current = TlsIdentity.read(certificate, privateKey, clock.instant());
        tellIfUntimely();
    }

    /** A key store with one entry and an empty password. */
    public synchronized KeyStore current() {
        return current.store();
    }

    /** The same, read anew; empty unless the files have changed since the last look and can be used. */
    public synchronized Optional<KeyStore> renewed() {
        // Looked at before it is read: what changes in between is seen as a change at the next look.
        Seen seen = look();
        if (seen.equals(used)) {
            refused = null;
            tellIfUntimely();
            return Optional.empty();
        }
        if (seen.equals(refused)) {
            tell();
            return Optional.empty();
        }
        try {
            current = TlsIdentity.read(certificate, privateKey, clock.instant());
            used = seen;
            refused = null;
            LogEvent.CERTIFICATE_RENEWED.info(LOG).log("The certificate in {} is in use now", certificate);
            untimelyTold = false;
            tellIfUntimely();
            return Optional.of(current.store());
        } catch (ServiceException e) {
            refused = seen;
            refusal = e;
            return Optional.empty();
        }
    }

    /** Once for each refusal, and at the second look: by then, a renewal should have written both. */
    private void tell() {
        ServiceException reason = refusal;
        if (reason != null) {
            refusal = null;
            LogEvent.CERTIFICATE_PROBLEM
                    .error(LOG)
                    .log("The renewed certificate is not used, the former one is: {}", reason.getMessage());
        }
    }

    /** Once for each certificate, also for one that expires while it is in use. It is shown all the same. */
    private void tellIfUntimely() {
        Optional<String> problem = untimelyTold ? Optional.empty() : current.untimely(clock.instant());
        if (problem.isPresent()) {
            untimelyTold = true;
            LogEvent.CERTIFICATE_PROBLEM
                    .warn(LOG)
                    .log("The certificate in {} {}: clients will refuse it", certificate, problem.get());
        }
    }

    private Seen look() {
        return new Seen(look(certificate), look(privateKey));
    }

    private static @Nullable Map<String, Object> look(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            return Files.readAttributes(
                    file, posix ? "posix:fileKey,lastModifiedTime,size,permissions" : "fileKey,lastModifiedTime,size");
        } catch (IOException e) {
            return null;
        }
    }
}
