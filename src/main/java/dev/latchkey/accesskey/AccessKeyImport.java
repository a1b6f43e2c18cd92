package dev.latchkey.accesskey;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Permission;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Brings the store to what a document says: {@code {"scopes":[…], "keys":[…]}}. The whole document is worked out before
 * anything is written, then written in one transaction; doing it twice changes nothing. Thread-safe.
 */
public final class AccessKeyImport {
    /** How often an import is worked out anew when others change the same keys meanwhile. */
    private static final int TRIES = 20;

    private final AccessKeyStore keys;
    private final ScopeStore scopes;
    private final Clock clock;
    private final TokenSizeRule tokenSize;
    private final SecureRandom random = new SecureRandom();

    public AccessKeyImport(AccessKeyStore keys, ScopeStore scopes, Clock clock, TokenSizeRule tokenSize) {
        this.tokenSize = tokenSize;
        this.keys = keys;
        this.scopes = scopes;
        this.clock = clock;
    }

    /**
     * How strict an import is.
     *
     * @param anySecret whether a given secret may be shorter than 32 characters
     * @param secretRequired whether each row must give one, because nobody would see a generated one
     */
    public record Rules(boolean anySecret, boolean secretRequired) {}

    /** Works out and writes, again from the start when others change the same keys meanwhile. Answers what was done. */
    public AccessKeyImportPlan run(Actor actor, Map<String, Object> document, Rules rules) {
        for (int i = 1; ; i++) {
            AccessKeyImportPlan plan = plan(actor, document, rules);
            try {
                apply(actor, plan);
                return plan;
            } catch (LatchkeyException e) {
                if (e.kind() != ErrorKind.CONFLICT || i == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Writes what a plan says, all or nothing. */
    public void apply(Actor actor, AccessKeyImportPlan plan) {
        actor.require(Permission.CHANGE_KEYS);
        actor.require(Permission.MANAGE_SCOPES);
        if (!plan.isEmpty()) {
            keys.apply(plan);
        }
    }

    /**
     * What the document would change.
     *
     * @throws LatchkeyException of kind INVALID that names the rows and fields at fault, as {@code keys[3].name}
     */
    public AccessKeyImportPlan plan(Actor actor, Map<String, Object> document, Rules rules) {
        actor.require(Permission.CHANGE_KEYS);
        actor.require(Permission.MANAGE_SCOPES);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new ImportPlanner(actor, now, rules, tokenSize, random).plan(document, scopes.all(), keys.all());
    }
}
