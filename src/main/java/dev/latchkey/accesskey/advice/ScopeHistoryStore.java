package dev.latchkey.accesskey.advice;

import java.util.Collection;
import java.util.Map;

/** When the scopes of the stored keys were last used. Thread-safe. */
public interface ScopeHistoryStore {
    /** The histories of these keys, by their ids; there is none for an id that is no key's. */
    Map<String, ScopeHistory> histories(Collection<String> keyIds);
}
