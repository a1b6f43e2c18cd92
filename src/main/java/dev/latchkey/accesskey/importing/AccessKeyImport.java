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
 * not at all; doing it twice changes nothing. The document may be of any length: some rows are in memory at a time, and 10
 * to 42 bytes for each row so far, by which a key that stands there twice is found. Thread-safe.
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
     * How a document is taken.
     *
     * @param anySecret whether a given secret may be shorter than 32 characters
     * @param secretRequired whether each row must say how its key proves itself, because a generated secret would not be
     *     shown
     * @param prunes whether keys that the document does not name are deleted
     * @param passedOver members of the document that something else reads
     * @param variables what <code>${NAME}</code> stands for
     */
    public record Rules(
            boolean anySecret,
            boolean secretRequired,
            boolean prunes,
            Set<String> passedOver,
            ImportVariables variables) {
        /** Of a document that has nothing but scopes and keys, no variables, and leaves other keys alone. */
        public Rules(boolean anySecret, boolean secretRequired) {
            this(anySecret, secretRequired, false, Set.of(), ImportVariables.NONE);
        }

        /** The same in an environment. */
        public Rules with(ImportVariables environment) {
            return new Rules(anySecret, secretRequired, prunes, passedOver, environment);
        }

        /** The same, and keys that the document does not name are deleted. */
        public Rules pruning() {
            return new Rules(anySecret, secretRequired, true, passedOver, variables);
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
        for (int i = 1; ; i++) {
            ImportRun run = begin(actor, source, rules, listener);
            try {
                return store.importing(transaction -> run.in(transaction, true));
            } catch (ServiceException e) {
                if (e.kind() != ErrorKind.CONFLICT || i == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Says what {@link #run} would do, and writes nothing; fails as that does. */
    public ImportTotals compare(Actor actor, ImportSource source, Rules rules, ImportListener listener)
            throws JsonSyntaxException {
        ImportRun run = begin(actor, source, rules, listener);
        return store.comparing(transaction -> run.in(transaction, false));
    }

    /** Reads the document once before anything else, for no one shall wait for a store that a slow reader has locked. */
    private ImportRun begin(Actor actor, ImportSource source, Rules rules, ImportListener listener)
            throws JsonSyntaxException {
        actor.require(Permission.CHANGE_KEYS);
        actor.require(Permission.MANAGE_SCOPES);
        actor.require(Permission.MANAGE_ISSUERS);
        tokenSize.prepare();
        listener.begin();
        ImportErrors errors = new ImportErrors();
        ImportDocument document = new ImportDocument(source, rules.passedOver());
        ImportDocument.Counts counts = document.check(errors);
        if (rules.prunes() && counts.keys() == 0) {
            errors.add("keys", "names no key, so that every key there is would be deleted");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new ImportRun(document, counts, errors, listener, actor, now, rules, tokenSize, random);
    }
}
