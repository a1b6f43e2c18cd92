package dev.latchkey.cli.command.keys;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.server.Services;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The options that say which scopes a key shall have. */
final class ScopeOptions {
    private static final List<String> SCOPES = List.of("--scopes", "--scope");
    private static final String ALL_SCOPES = "--all-scopes";

    private ScopeOptions() {}

    static Syntax declare(Syntax syntax) {
        return syntax.values(SCOPES, "SCOPES", "Scopes, separated by spaces or commas; may be given several times.")
                .flag(ALL_SCOPES, "All scopes that are in the catalogue now.");
    }

    /** Whether scopes are asked for; fails when it is said in both ways. */
    static boolean given(Arguments arguments) {
        boolean some = arguments.has(SCOPES.get(0));
        if (some && arguments.has(ALL_SCOPES)) {
            throw ExitCodes.usage("--scopes and --all-scopes exclude each other; give one of them");
        }
        return some || arguments.has(ALL_SCOPES);
    }

    /** The scopes that are asked for; empty when none are. */
    static Optional<ScopeSet> read(Arguments arguments, Services services, Actor actor) {
        if (!given(arguments)) {
            return Optional.empty();
        }
        if (arguments.has(ALL_SCOPES)) {
            return Optional.of(all(services, actor));
        }
        Set<String> listed =
                services.scopes().list(actor).stream().map(Scope::name).collect(Collectors.toSet());
        return Optional.of(ScopeWords.read(arguments.values(SCOPES.get(0)), listed));
    }

    private static ScopeSet all(Services services, Actor actor) {
        ScopeSet all = services.accessKeys().allScopes(actor);
        if (all.isEmpty()) {
            throw ServiceException.of(
                    ErrorKind.CONFLICT,
                    "the catalogue has no scope yet; add some first (latchkey scopes add NAME), or let keys create"
                            + " add them (--scopes with --add-scopes)");
        }
        return all;
    }
}
