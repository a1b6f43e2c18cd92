package dev.latchkey.accesskey.importing;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.error.ServiceException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which key each row of an import file means, held against all rows before it: no key may be meant twice, and a row
 * without an id must mean the same key when the file is imported again. Not thread-safe; lives for one reading.
 */
final class ImportMeanings {
    private static final String TWICE = "means a key that stands in this file twice";
    private static final String SEVERAL = "would be that of more than one key; give the id";
    private static final String ALSO_BY_NAME =
            "would be that of more than one key: a row before has it and no id; give it one";

    /** The ids of keys that rows mean. */
    private final HashedTexts meant;

    /** Whether there are rows without an id: others need no names. */
    private final boolean byName;

    /** The names of rows without an id. */
    private final HashedTexts namesWithoutId;

    /** The names that rows with an id give to keys that did not have them. */
    private final HashedTexts namesGiven;

    /** The names that such rows take away. */
    private final HashedTexts namesTaken;

    /** The keys that the rows at hand lead to, and their ids by the names that these rows give; two of several. */
    private Map<String, AccessKey> byId = Map.of();

    private Map<String, List<String>> idsByName = Map.of();

    /** @param byName whether some row of the file has no id */
    ImportMeanings(SecureRandom random, boolean byName) {
        this.byName = byName;
        meant = new HashedTexts(random);
        namesWithoutId = new HashedTexts(random);
        namesGiven = new HashedTexts(random);
        namesTaken = new HashedTexts(random);
    }

    /** Looks the keys up that some rows lead to; {@link #existing} is asked for these rows then. */
    void lookUp(Iterable<ImportRow> rows, ImportTransaction transaction) {
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
        idsByName = transaction.idsByName(names);
        idsByName.values().forEach(found -> ids.add(found.get(0)));
        byId = transaction.findAll(ids);
    }

    /** The key that a row means; null = none, it is new. */
    @Nullable
    AccessKey existing(ImportRow row) {
        String id = row.id();
        if (id != null) {
            if (!meant.add(id)) {
                throw ServiceException.invalid("id", TWICE);
            }
            return byId.get(id);
        }
        String name = row.name();
        if (name.isEmpty()) {
            return null; // which the row's own check refuses
        }
        if (!namesWithoutId.add(name) || namesTaken.contains(name)) {
            throw ServiceException.invalid("name", TWICE);
        }
        if (namesGiven.contains(name)) {
            throw ServiceException.invalid("name", SEVERAL);
        }
        List<String> named = idsByName.getOrDefault(name, List.of());
        if (named.size() > 1) {
            throw ServiceException.invalid("name", "is that of more than one key; give the id");
        }
        AccessKey found = named.isEmpty() ? null : byId.get(named.get(0));
        if (found != null && !meant.add(found.id())) {
            throw ServiceException.invalid("name", TWICE);
        }
        return found;
    }

    /** Notes the name that a key gets by a row with an id, and had; fails with INVALID when a row without one has it. */
    void named(String newName, @Nullable String oldName) {
        if (!byName || newName.equals(oldName)) {
            return;
        }
        namesGiven.add(newName);
        if (oldName != null) {
            namesTaken.add(oldName);
        }
        if (namesWithoutId.contains(newName)) {
            throw ServiceException.invalid("name", ALSO_BY_NAME);
        }
    }

    /** Notes the id that a new key gets. */
    void made(String id) {
        boolean unused = meant.add(id);
    }

    /** Whether a row means the key with this id. */
    boolean isMeant(String id) {
        return meant.contains(id);
    }
}
