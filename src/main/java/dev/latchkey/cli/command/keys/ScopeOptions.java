package dev.latchkey.cli.command.keys;

import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.server.Services;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.stream.Collectors;

/**
 * The options that say which scopes a key shall have. Scopes are separated by spaces, as RFC 6749 has it, or by commas,
 * which a scope may also contain.
 */
final class ScopeOptions {
    private static final String SCOPES = "--scopes";
    private static final String ALL_SCOPES = "--all-scopes";

    private ScopeOptions() {}

    static Syntax declare(Syntax syntax) {
        return syntax.values(
                        List.of(SCOPES, "--scope"),
                        "SCOPES",
                        "Scopes, separated by spaces or commas; may be given several times.")
                .flag(ALL_SCOPES, "All scopes that are in the catalogue now.");
    }

    /** Whether scopes are asked for; fails when it is said in both ways. */
    static boolean given(Invocation run) {
        run.exclude(SCOPES, ALL_SCOPES);
        return run.has(SCOPES) || run.has(ALL_SCOPES);
    }

    /** The scopes that are asked for; empty when none are. */
    static Optional<ScopeSet> read(Invocation run, Services services) {
        if (!given(run)) {
            return Optional.empty();
        }
        if (!run.has(ALL_SCOPES)) {
            return Optional.of(split(
                    run.values(SCOPES),
                    services.scopes().list(Invocation.operator()).stream()
                            .map(Scope::name)
                            .collect(Collectors.toSet())));
        }
        ScopeSet all = services.accessKeys().allScopes(Invocation.operator());
        if (all.isEmpty()) {
            throw ServiceException.of(
                    ErrorKind.CONFLICT,
                    "the catalogue has no scope yet; add some first (latchkey scopes add NAME), or let keys create"
                            + " add them (--scopes with --add-scopes)");
        }
        return Optional.of(all);
    }

    /**
     * The scopes in all values, in order.
     *
     * @param listed the catalogue: a text with a comma in it that is one of these is one scope
     */
    static ScopeSet split(List<String> values, Set<String> listed) {
        Set<String> scopes = new LinkedHashSet<>();
        StringTokenizer words = new StringTokenizer(String.join(" ", values));
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            StringTokenizer parts = new StringTokenizer(word, listed.contains(word) ? "" : ",");
            while (parts.hasMoreTokens()) {
                scopes.add(checked(parts.nextToken(), listed));
            }
        }
        if (scopes.isEmpty()) {
            throw ServiceException.invalid(SCOPES, "must name at least one scope");
        }
        return ScopeSet.of(scopes);
    }

    private static String checked(String scope, Set<String> listed) {
        if (!listed.contains(scope) && !ScopeSet.isScopeToken(scope)) {
            throw ServiceException.invalid(
                    SCOPES,
                    "must be scopes of 1 to " + ScopeSet.MAX_TOKEN_LENGTH
                            + " printable ASCII characters without double quote and backslash");
        }
        return scope;
    }
}
