package dev.latchkey.accesskey;

import dev.latchkey.error.ServiceException;

/**
 * An access token travels in a header, and few servers and proxies take headers of more than 8 KiB: a key whose tokens
 * would be larger is refused when it is made or changed. One that is stored goes on as it is. Thread-safe.
 */
public final class TokenSizeRule {
    /** The largest access token in compact form, in bytes. */
    public static final int MAX_BYTES = 8 * 1024;

    private final Measure measure;

    /** Knows what the service itself adds to a token. Thread-safe. */
    @FunctionalInterface
    public interface Measure {
        /** How many bytes the largest token of a key with these settings has, in compact form. */
        int bytes(String keyId, AccessKeySettings settings);
    }

    public TokenSizeRule(Measure measure) {
        this.measure = measure;
    }

    /** Has the measure learn what it needs, which may take it a look into the store. */
    public void prepare() {
        var unused = measure.bytes("", AccessKeySettings.blank());
    }

    /** Checks a new key; fails with INVALID that names the field which takes the most room. */
    public void checkNew(String keyId, AccessKeySettings settings) {
        int bytes = measure.bytes(keyId, settings);
        if (bytes > MAX_BYTES) {
            throw ServiceException.invalid(
                    largest(settings),
                    "would make the key's access token " + bytes + " bytes long, and headers of more than " + MAX_BYTES
                            + " pass few servers: give the key fewer or shorter scopes, audiences or claims");
        }
    }

    /** Checks a change. To switch a key off or on is always fine, for what is stored goes on. */
    public void checkChange(String keyId, AccessKeySettings before, AccessKeySettings after) {
        boolean onlySwitched = after.withEnabled(before.enabled()).equals(before);
        if (!onlySwitched) {
            checkNew(keyId, after);
        }
    }

    private static String largest(AccessKeySettings settings) {
        int scopes = settings.scopes().toString().length();
        int audience = String.join(" ", settings.audience()).length();
        int claims = settings.claims().json().length();
        if (claims >= scopes && claims >= audience) {
            return "claims";
        }
        return scopes >= audience ? "scopes" : "audience";
    }
}
