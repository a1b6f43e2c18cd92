package dev.latchkey.accesskey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of keys, and where the next one begins; null = there is none. */
public record AccessKeyPage(List<AccessKey> keys, @Nullable AccessKeyCursor next) {
    public AccessKeyPage {
        keys = List.copyOf(keys);
    }
}
