package dev.latchkey.accesskey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of keys.
 *
 * @param keys newest first
 * @param next where the next page begins; null = there is none
 */
public record AccessKeyPage(List<AccessKey> keys, @Nullable AccessKeyCursor next) {
    public AccessKeyPage {
        keys = List.copyOf(keys);
    }
}
