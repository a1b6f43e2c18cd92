package dev.latchkey.accesskey;

import dev.latchkey.accesskey.AccessKeyQuery.Order;
import dev.latchkey.accesskey.AccessKeyQuery.Sort;
import dev.latchkey.error.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A place in the list of keys: behind this key. It stays right while keys are added and removed, which a number of keys
 * to skip would not.
 *
 * @param order the order of the list
 * @param position by what the last key of the page before is sorted: seconds since 1970, or its folded name
 * @param id that key's id, which decides among keys that are equal in that
 */
public record AccessKeyCursor(Order order, String position, String id) {
    /** The longest encoded text: that of a name whose letters have four bytes each. */
    public static final int MAX_LENGTH = 2000;

    /** The place behind a key. */
    public static AccessKeyCursor behind(AccessKey key, Order order) {
        return new AccessKeyCursor(order, order.sort().position(key), key.id());
    }

    /** By what the key is sorted, where that is a time. */
    public long seconds() {
        return Long.parseLong(position);
    }

    /** The cursor as clients see it; its parts mean nothing to them. */
    public String encoded() {
        byte[] text = (order + ":" + id + ":" + position).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /** The inverse of {@link #encoded()}; fails with INVALID. */
    public static AccessKeyCursor decode(String encoded) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            String[] parts = text.split(":", 3);
            if (parts.length == 3 && AccessKeyIds.isValid(parts[1]) && parts[2].indexOf('\0') < 0) {
                AccessKeyCursor cursor = new AccessKeyCursor(Order.parse(parts[0]), parts[2], parts[1]);
                if (cursor.order.sort() == Sort.NAME || cursor.seconds() >= 0) {
                    return cursor;
                }
            }
        } catch (IllegalArgumentException | ServiceException e) {
            throw invalid();
        }
        throw invalid();
    }

    private static ServiceException invalid() {
        return ServiceException.invalid("cursor", "must be the next_cursor of an earlier page");
    }
}
