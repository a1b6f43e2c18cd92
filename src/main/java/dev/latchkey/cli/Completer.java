package dev.latchkey.cli;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.permission.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.server.Services;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.user.User;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Answers what may stand in place of the last of the words that were typed so far, one candidate a line; {@code id TAB
 * name} for an access key. A line {@value #FILES} stands for the names of files, which the shell knows better. The
 * scripts of {@code completion} call it as {@code latchkey __complete WORD...}.
 */
final class Completer {
    static final String COMMAND = "__complete";
    static final String FILES = ":files";

    /** So many scopes or users are offered; a catalogue can hold thousands. */
    private static final int MOST_NAMES = 1000;

    /** More keys than this are of no help to a reader. */
    private static final int MAX_KEYS = 50;

    /** A name with other characters is not offered: a shell that inserts it unquoted would run what it says. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/@+-]+");

    private final CommandTable commands;
    private final CliContext context;

    Completer(CommandTable commands, CliContext context) {
        this.commands = commands;
        this.context = context;
    }

    /**
     * The candidates.
     *
     * @param typed the words after the program's name; the last is being typed and may be empty
     */
    String complete(List<String> typed) {
        List<String> words = joined(typed);
        String current = words.isEmpty() ? "" : words.get(words.size() - 1);
        String given = typed.isEmpty() ? "" : typed.get(typed.size() - 1);
        // A shell that breaks words at = and : replaces only what stands after the last of them.
        int replaced = current.length() - (isBreak(given) ? 0 : given.length());
        List<String> before = words.subList(0, Math.max(0, words.size() - 1));
        return candidates(before, current)
                .filter(candidate -> candidate.equals(FILES) || candidate.startsWith(current))
                .map(candidate -> candidate.equals(FILES) ? candidate : candidate.substring(replaced))
                .distinct()
                .map(candidate -> candidate + "\n")
                .collect(Collectors.joining());
    }

    /** Puts together again what bash breaks at {@code =} and {@code :}. */
    private static List<String> joined(List<String> typed) {
        List<String> words = new ArrayList<>();
        boolean open = false;
        for (String word : typed) {
            boolean glued = !words.isEmpty() && (open || isBreak(word));
            if (glued) {
                words.set(words.size() - 1, words.get(words.size() - 1) + word);
            } else {
                words.add(word);
            }
            open = isBreak(word);
        }
        return words;
    }

    private static boolean isBreak(String word) {
        return word.equals("=") || word.equals(":");
    }

    private Stream<String> candidates(List<String> before, String current) {
        if (!before.isEmpty() && before.get(0).equals("help")) {
            List<String> topic = before.subList(1, before.size());
            Stream<String> names = commands.under(topic).stream()
                    .filter(command -> command.words().size() > topic.size())
                    .map(command -> command.words().get(topic.size()));
            return topic.isEmpty() ? Stream.concat(names, Stream.of(Help.PROFILES)) : names;
        }
        Optional<CommandEntry> command = commands.find(before);
        if (command.isEmpty()) {
            Stream<String> served = before.isEmpty() ? options(Syntax.of(commands.first()), current) : Stream.empty();
            return Stream.concat(
                    commands.under(before).stream().map(under -> under.words().get(before.size())), served);
        }
        Syntax syntax = Syntax.of(command.get());
        List<String> rest = before.subList(command.get().words().size(), before.size());
        Optional<OptionSpec> awaiting = rest.isEmpty() ? Optional.empty() : valued(syntax, rest.get(rest.size() - 1));
        if (awaiting.isPresent()) {
            return values(awaiting.get(), rest, current);
        }
        int equals = current.indexOf('=');
        Optional<OptionSpec> assigned = equals < 0 ? Optional.empty() : valued(syntax, current.substring(0, equals));
        if (assigned.isPresent()) {
            String prefix = current.substring(0, equals + 1);
            return values(assigned.get(), rest, current.substring(equals + 1))
                    .map(value -> value.equals(FILES) ? value : prefix + value);
        }
        return current.startsWith("-") ? options(syntax, current) : words(command.get(), syntax, rest, current);
    }

    private static Stream<String> options(Syntax syntax, String current) {
        return current.startsWith("-")
                ? syntax.options().stream().flatMap(option -> Arrays.stream(option.names()))
                : Stream.empty();
    }

    private static Optional<OptionSpec> valued(Syntax syntax, String name) {
        return name.startsWith("-") ? syntax.find(name).filter(option -> !Syntax.isFlag(option)) : Optional.empty();
    }

    private Stream<String> values(OptionSpec option, List<String> rest, String current) {
        return switch (option.paramLabel()) {
            case "FILE", "STORE" -> Stream.of(FILES);
            case "ROLE" -> roles();
            case "ALGORITHM" -> Arrays.stream(SigningAlgorithm.values()).map(SigningAlgorithm::publicName);
            case "ORDER" ->
                Arrays.stream(AccessKeyQuery.Sort.values())
                        .map(AccessKeyQuery.Sort::publicName)
                        .flatMap(name -> Stream.of(name, "-" + name));
            case "BITS" -> Stream.of("2048", "3072", "4096");
            case "ID" -> keys(rest, current);
            case "SCOPES" -> scopes(rest);
            default -> Stream.empty();
        };
    }

    private Stream<String> words(CommandEntry command, Syntax syntax, List<String> rest, String current) {
        long taken = rest.stream().filter(word -> !word.startsWith("-")).count();
        return switch (syntax.label()) {
            case "FILE", "[FILE]" -> Stream.of(FILES);
            case "ID", "[ID]" -> keys(rest, current);
            case "SHELL" -> Arrays.stream(CompletionShell.values()).map(CompletionShell::publicName);
            case "NAME ROLE" -> taken == 0 ? users(rest) : roles();
            case "NAME" ->
                switch (command.path()) {
                    case "scopes remove" -> scopes(rest);
                    case "users passwd", "users remove" -> users(rest);
                    default -> Stream.empty();
                };
            default -> Stream.empty();
        };
    }

    private static Stream<String> roles() {
        return Arrays.stream(Role.values()).map(Role::publicName);
    }

    private Stream<String> keys(List<String> rest, String current) {
        AccessKeyQuery query = AccessKeyQuery.newest(MAX_KEYS, null, current.isEmpty() ? null : current, null);
        List<AccessKey> found = read(
                rest,
                services ->
                        services.accessKeys().page(Invocation.operator(), query).keys());
        Stream<String> ids = found.stream()
                .map(key -> key.id() + "\t" + TerminalText.line(key.settings().name()));
        Stream<String> names = found.stream().map(key -> key.settings().name());
        return current.isEmpty() ? ids : Stream.concat(ids, plain(names));
    }

    private Stream<String> scopes(List<String> rest) {
        return plain(read(rest, services -> services.scopes().after(Invocation.operator(), "", MOST_NAMES)).stream()
                .map(Scope::name));
    }

    private Stream<String> users(List<String> rest) {
        return plain(read(rest, services -> services.users().after(Invocation.operator(), "", MOST_NAMES)).stream()
                .map(User::name));
    }

    private static Stream<String> plain(Stream<String> names) {
        return names.filter(name -> PLAIN.matcher(name).matches());
    }

    /** Reads the store that the words name with {@code --db}, else that of the environment. */
    private <T> T read(List<String> rest, Function<Services, T> reading) {
        @Nullable String db = null;
        String assigned = Syntax.DB + "=";
        for (int i = 0; i < rest.size(); i++) {
            if (rest.get(i).equals(Syntax.DB) && i + 1 < rest.size()) {
                db = rest.get(i + 1);
            } else if (rest.get(i).startsWith(assigned)) {
                db = rest.get(i).substring(assigned.length());
            }
        }
        try (Services services = StoreAccess.open(db, false, context)) {
            return reading.apply(services);
        }
    }
}
