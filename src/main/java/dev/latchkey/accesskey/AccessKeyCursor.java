package dev.latchkey.accesskey;

import dev.latchkey.error.ServiceException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * A place in the list of keys: behind this key. It stays right while keys are added and removed, which a number of keys
 * to skip would not.
 *
 * @param createdAt when the last key of the page before was created
 * @param id that key's id, which decides among keys of one second
 */
public record AccessKeyCursor(Instant createdAt, String id) {
    /** The cursor as clients see it; what it means is nobody's business but ours. */
    public String encoded() {
        byte[] text = (createdAt.getEpochSecond() + ":" + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /**
     * The inverse of {@link #encoded()}.
     *
     * @throws ServiceException of kind INVALID on field {@code cursor}
     */
    public static AccessKeyCursor decode(String encoded) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            Instant createdAt = Instant.ofEpochSecond(Long.parseLong(text.substring(0, Math.max(colon, 0))));
            String id = text.substring(colon + 1);
            if (AccessKeyIds.isValid(id)) {
                return new AccessKeyCursor(createdAt, id);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static ServiceException invalid() {
        return ServiceException.invalid("cursor", "must be the next_cursor of an earlier page");
    }
}
