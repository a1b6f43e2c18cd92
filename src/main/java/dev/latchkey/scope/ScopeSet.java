package dev.latchkey.scope;

import dev.latchkey.permission.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An ordered set of scope tokens (RFC 6749 §3.3). Immutable and thread-safe; equal when the tokens and their order are.
 */
public final class ScopeSet {
    /** No scope at all. */
    public static final ScopeSet NONE = new ScopeSet(List.of());

    /** What the scopes that open the management API begin with; they are never in the catalogue. */
    public static final String RESERVED_PREFIX = "latchkey:";

    /** A scope longer than this is refused. The RFC sets no bound; header sizes and tables do. */
    public static final int MAX_TOKEN_LENGTH = 200;

    private final List<String> tokens;
    private final String text;

    private ScopeSet(List<String> tokens, String text) {
        this.tokens = tokens;
        this.text = text;
    }

    /** The scopes in this order; each must be valid, and none stand there twice. */
    public ScopeSet(List<String> tokens) {
        this.tokens = List.copyOf(tokens);
        for (String token : this.tokens) {
            if (!isScopeToken(token)) {
                throw new IllegalArgumentException("not a scope token");
            }
        }
        if (new LinkedHashSet<>(this.tokens).size() != this.tokens.size()) {
            throw new IllegalArgumentException("a scope stands there twice");
        }
        this.text = String.join(" ", this.tokens);
    }

    /** The scopes in the order given, each once. They must be valid scope tokens. */
    public static ScopeSet of(Collection<String> tokens) {
        return new ScopeSet(List.copyOf(new LinkedHashSet<>(tokens)));
    }

    /**
     * Reads {@code scope = scope-token *( SP scope-token )} as RFC 6749 §3.3 has it: one space between tokens, none
     * around them; a token that stands there twice counts once. Empty when the text is not of that form.
     */
    public static Optional<ScopeSet> parse(String text) {
        LinkedHashSet<String> tokens = new LinkedHashSet<>();
        int start = 0;
        while (start <= text.length()) {
            int space = text.indexOf(' ', start);
            int end = space < 0 ? text.length() : space;
            String token = text.substring(start, end);
            if (!isScopeToken(token)) {
                return Optional.empty();
            }
            tokens.add(token);
            start = end + 1;
        }
        return Optional.of(new ScopeSet(List.copyOf(tokens)));
    }

    /** The set whose {@link #toString} was stored: taken as it is, whatever the rules are now. */
    public static ScopeSet ofStored(String text) {
        return text.isEmpty() ? NONE : new ScopeSet(List.of(text.split(" ", -1)), text);
    }

    /** Whether the text is one {@code scope-token = 1*( %x21 / %x23-5B / %x5D-7E )} of at most 200 characters. */
    public static boolean isScopeToken(String text) {
        if (text.isEmpty() || text.length() > MAX_TOKEN_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x21 || c > 0x7E || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    public static boolean isReserved(String token) {
        return token.startsWith(RESERVED_PREFIX);
    }

    public List<String> tokens() {
        return tokens;
    }

    public boolean contains(String token) {
        return tokens.contains(token);
    }

    public boolean containsAll(ScopeSet other) {
        return tokens.containsAll(other.tokens);
    }

    public boolean isEmpty() {
        return tokens.isEmpty();
    }

    public boolean hasReserved() {
        for (String token : tokens) {
            if (isReserved(token)) {
                return true;
            }
        }
        return false;
    }

    /** The highest role in which these scopes open the management API; empty when none of them does. */
    public Optional<Role> managementRole() {
        return tokens.stream()
                .filter(ScopeSet::isReserved)
                .flatMap(token -> ScopeRules.roleOf(token).stream())
                .max(Comparator.naturalOrder());
    }

    /** The scope that opens the management API in a role. */
    public static String reservedFor(Role role) {
        return RESERVED_PREFIX + role.publicName();
    }

    /** Those of this set that the other set holds too, in the order of this set. */
    public ScopeSet retain(ScopeSet other) {
        List<String> kept = new ArrayList<>(tokens);
        kept.retainAll(other.tokens);
        return new ScopeSet(kept);
    }

    /** Those of this set that the other set does not hold, in the order of this set. */
    public ScopeSet without(ScopeSet other) {
        List<String> rest = new ArrayList<>(tokens);
        rest.removeAll(other.tokens);
        return new ScopeSet(rest);
    }

    /** The scopes separated by single spaces, as the {@code scope} parameter and claim have them. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScopeSet set && text.equals(set.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
