package dev.latchkey.cli.command.keys;

import dev.latchkey.error.ServiceException;
import dev.latchkey.scope.ScopeSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/** Scopes as they are typed: separated by spaces, as RFC 6749 has it, or by commas, which a scope may also contain. */
final class ScopeWords {
    private ScopeWords() {}

    /**
     * The scopes in all values, in order.
     *
     * @param listed the catalogue: a text with a comma in it that is one of these is one scope
     */
    static ScopeSet read(List<String> values, Set<String> listed) {
        Set<String> scopes = new LinkedHashSet<>();
        for (String value : values) {
            StringTokenizer words = new StringTokenizer(value);
            while (words.hasMoreTokens()) {
                String word = words.nextToken();
                if (listed.contains(word)) {
                    scopes.add(word);
                } else {
                    addSplit(word, scopes);
                }
            }
        }
        if (scopes.isEmpty()) {
            throw ServiceException.invalid("--scopes", "must name at least one scope");
        }
        return ScopeSet.of(scopes);
    }

    private static void addSplit(String word, Set<String> scopes) {
        StringTokenizer parts = new StringTokenizer(word, ",");
        while (parts.hasMoreTokens()) {
            String part = parts.nextToken();
            if (!ScopeSet.isScopeToken(part)) {
                throw ServiceException.invalid(
                        "--scopes",
                        "must be scopes of 1 to " + ScopeSet.MAX_TOKEN_LENGTH
                                + " printable ASCII characters without double quote and backslash");
            }
            scopes.add(part);
        }
    }
}
