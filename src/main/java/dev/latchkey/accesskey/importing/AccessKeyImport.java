package dev.latchkey.accesskey.importing;

import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Permission;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Brings the store to what a document says: {@code {"scopes":[…], "keys":[…]}}. All of it happens in one transaction or
 * not at all; doing it twice changes nothing. The document may be of any length: some rows are in memory at a time, and 16
 * to 64 bytes for each row so far, by which a key that stands there twice is found. Thread-safe.
 */
public final class AccessKeyImport {
    /** How often an import is worked out anew when others change the same keys meanwhile. */
    private static final int TRIES = 20;

    private final ImportStore store;
    private final Clock clock;
    private final TokenSizeRule tokenSize;
    private final SecureRandom random = new SecureRandom();

    public AccessKeyImport(ImportStore store, Clock clock, TokenSizeRule tokenSize) {
        this.tokenSize = tokenSize;
        this.store = store;
        this.clock = clock;
    }

    /**
     * How strict an import is.
     *
     * @param anySecret whether a given secret may be shorter than 32 characters
     * @param secretRequired whether each row must give one, because a generated one would not be shown
     * @param passedOver members of the document that something else reads
     */
    public record Rules(boolean anySecret, boolean secretRequired, Set<String> passedOver) {
        /** Of a document that has nothing but scopes and keys. */
        public Rules(boolean anySecret, boolean secretRequired) {
            this(anySecret, secretRequired, Set.of());
        }
    }

    /**
     * Brings the store to what the document says, all or nothing; again from the start when others change the same keys
     * meanwhile.
     *
     * @throws JsonSyntaxException when the document is not JSON
     * @throws ServiceException of kind INVALID that names the rows and fields at fault, as {@code keys[3].name}; of kind
     *     CONFLICT when others do not leave off changing the same keys
     */
    public ImportTotals run(Actor actor, ImportSource source, Rules rules, ImportListener listener)
            throws JsonSyntaxException {
        ImportDocument document = new ImportDocument(source, rules.passedOver());
        tokenSize.prepare();
        for (int i = 1; ; i++) {
            ImportErrors errors = new ImportErrors();
            long rows = begin(actor, document, listener, errors);
            ImportRun run = new ImportRun(document, errors, listener, actor, now(), rules, tokenSize, random);
            try {
                return store.importing(transaction -> run.in(transaction, rows, true));
            } catch (ServiceException e) {
                if (e.kind() != ErrorKind.CONFLICT || i == TRIES) {
                    throw e;
                }
            }
        }
    }

    /**
     * Says what {@link #run} would do, and writes nothing.
     *
     * @throws JsonSyntaxException when the document is not JSON
     * @throws ServiceException of kind INVALID that names the rows and fields at fault
     */
    public ImportTotals compare(Actor actor, ImportSource source, Rules rules, ImportListener listener)
            throws JsonSyntaxException {
        tokenSize.prepare();
        ImportDocument document = new ImportDocument(source, rules.passedOver());
        ImportErrors errors = new ImportErrors();
        long rows = begin(actor, document, listener, errors);
        ImportRun run = new ImportRun(document, errors, listener, actor, now(), rules, tokenSize, random);
        return store.comparing(transaction -> run.in(transaction, rows, false));
    }

    /** Reads the document once before anything else, for no one shall wait for a store that a slow reader has locked. */
    private static long begin(Actor actor, ImportDocument document, ImportListener listener, ImportErrors errors)
            throws JsonSyntaxException {
        actor.require(Permission.CHANGE_KEYS);
        actor.require(Permission.MANAGE_SCOPES);
        listener.begin();
        return document.check(errors);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
