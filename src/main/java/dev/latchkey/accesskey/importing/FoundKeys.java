package dev.latchkey.accesskey.importing;

import dev.latchkey.accesskey.AccessKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that some rows lead to, looked up together. Lives as long as these rows are worked on. */
final class FoundKeys {
    private final Map<String, AccessKey> byId;
    private final Map<String, List<String>> idsByName;

    FoundKeys(Iterable<ImportRow> rows, ImportTransaction transaction) {
        Set<String> ids = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (ImportRow row : rows) {
            String id = row.id();
            if (id == null) {
                names.add(row.name());
            } else {
                ids.add(id);
            }
        }
        idsByName = names.isEmpty() ? Map.of() : new HashMap<>(transaction.idsByName(names));
        idsByName.values().forEach(found -> ids.add(found.get(0)));
        byId = ids.isEmpty() ? Map.of() : transaction.findAll(ids);
    }

    boolean isSeveral(String name) {
        return idsByName.getOrDefault(name, List.of()).size() > 1;
    }

    @Nullable
    AccessKey key(ImportRow row) {
        String id = row.id();
        if (id == null) {
            List<String> ids = idsByName.getOrDefault(row.name(), List.of());
            return ids.isEmpty() ? null : byId.get(ids.get(0));
        }
        return byId.get(id);
    }
}
