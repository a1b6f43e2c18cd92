package dev.latchkey.cli;

import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.accesskey.Scope;
import dev.latchkey.accesskey.ScopeSet;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.permission.Actor;
import dev.latchkey.server.Services;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code keys create}: a new access key, and the one moment its secret can be read. */
final class KeysCreate implements Command {
    private static final List<String> SCOPES = List.of("--scopes", "--scope");
    private static final String ALL_SCOPES = "--all-scopes";
    private static final String ADD_SCOPES = "--add-scopes";
    private static final String ENV = "--env";

    @Override
    public void declare(Syntax syntax) {
        syntax.words("[NAME]", 0, 1)
                .value("--name", "NAME", "The same as NAME.")
                .values(SCOPES, "SCOPES", "Scopes, separated by spaces or commas; may be given several times.")
                .flag(ALL_SCOPES, "All scopes that are in the catalogue now.")
                .flag(ADD_SCOPES, "Add scopes that the catalogue lacks to it.")
                .flag(ENV, "Print LATCHKEY_KEY_ID=… and LATCHKEY_KEY_SECRET=…, for an .env file.");
        KeyOptions.declare(syntax).store().json();
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        String name = name(arguments);
        checkScopesChosen(arguments);
        if (arguments.has(ENV) && arguments.has(Syntax.JSON)) {
            throw ExitCodes.usage("--env and --json exclude each other; give one of them");
        }
        try {
            KeyOptions options = KeyOptions.read(arguments, surroundings.clock().instant());
            create(name, options, arguments, surroundings);
        } catch (LatchkeyException e) {
            throw KeyOptions.underFlagNames(e);
        }
        return ExitCodes.DONE;
    }

    private static void create(String name, KeyOptions options, Arguments arguments, Surroundings surroundings) {
        Actor actor = StoreAccess.operator();
        try (Services services = StoreAccess.openOrCreate(arguments, surroundings)) {
            AccessKeySettings settings = options.settings(name, scopes(arguments, services, actor));
            AccessKeys keys = services.accessKeys();
            print(keys.create(actor, settings, arguments.has(ADD_SCOPES)), arguments, surroundings);
        }
    }

    private static String name(Arguments arguments) {
        List<String> word = arguments.words();
        if (!word.isEmpty() && arguments.has("--name")) {
            throw ExitCodes.usage("give the name once, either as NAME or as --name NAME");
        }
        return arguments.value("--name").orElseGet(() -> {
            if (word.isEmpty()) {
                throw ExitCodes.usage("the name is missing: latchkey keys create NAME --scopes \"a b\"");
            }
            return word.get(0);
        });
    }

    private static void checkScopesChosen(Arguments arguments) {
        boolean some = arguments.has(SCOPES.get(0));
        if (some == arguments.has(ALL_SCOPES)) {
            throw ExitCodes.usage(
                    some
                            ? "--scopes and --all-scopes exclude each other; give one of them"
                            : "a key needs scopes: give --scopes \"a b\" or --all-scopes");
        }
    }

    private static ScopeSet scopes(Arguments arguments, Services services, Actor actor) {
        if (arguments.has(ALL_SCOPES)) {
            ScopeSet all = services.accessKeys().allScopes(actor);
            if (all.isEmpty()) {
                throw LatchkeyException.of(
                        ErrorKind.CONFLICT,
                        "the catalogue has no scope yet; add some first (latchkey scopes add NAME), or give --scopes "
                                + "with --add-scopes");
            }
            return all;
        }
        Set<String> listed =
                services.scopes().list(actor).stream().map(Scope::name).collect(Collectors.toSet());
        return ScopeWords.read(arguments.values(SCOPES.get(0)), listed);
    }

    private static void print(NewAccessKey created, Arguments arguments, Surroundings surroundings) {
        PrintStream out = surroundings.out();
        if (arguments.has(Syntax.JSON)) {
            JsonOutput.print(out, document -> AccessKeyJson.write(document, created));
            return;
        }
        String id = created.key().id();
        String secret = created.secret().reveal();
        if (arguments.has(ENV)) {
            out.println("LATCHKEY_KEY_ID=" + id);
            out.println("LATCHKEY_KEY_SECRET=" + secret);
            return;
        }
        out.print(new Fields()
                .add("id", id)
                .add("secret", secret)
                .add("scopes", created.key().settings().scopes().toString())
                .text());
        out.println();
        out.println("Keep the secret now: it will not be shown again. Get a token with it:");
        out.println("curl -u " + id + ":" + secret + " -d grant_type=client_credentials "
                + ServiceUrl.localTokenEndpoint(surroundings));
    }
}
