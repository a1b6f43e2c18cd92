package dev.latchkey.cli;

import dev.latchkey.cli.Syntax.Option;
import dev.latchkey.permission.Role;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the script for bash, which zsh understands too, out of what the commands declare. */
final class CompletionScript {
    private static final String FILE = "FILE";
    private static final String ROLE = "ROLE";

    private CompletionScript() {}

    static String text() {
        CommandLine root = new CommandLine(CommandSpec.create().name("latchkey"));
        for (Commands command : Commands.values()) {
            List<String> words = command.words();
            CommandLine parent = root;
            for (String word : words.subList(0, words.size() - 1)) {
                CommandLine group = parent.getSubcommands().get(word);
                if (group == null) {
                    group = new CommandLine(CommandSpec.create().name(word));
                    parent.addSubcommand(word, group);
                }
                parent = group;
            }
            String verb = words.get(words.size() - 1);
            parent.addSubcommand(verb, new CommandLine(spec(verb, command)));
        }
        return AutoComplete.bash("latchkey", root);
    }

    private static CommandSpec spec(String verb, Commands command) {
        Syntax syntax = new Syntax(command);
        command.create().declare(syntax);
        CommandSpec spec = CommandSpec.create().name(verb);
        syntax.options().forEach(option -> spec.addOption(spec(option)));
        if (syntax.label().contains(FILE)) {
            spec.addPositional(
                    PositionalParamSpec.builder().index("0").type(Path.class).build());
        } else if (syntax.label().contains(ROLE)) {
            spec.addPositional(
                    PositionalParamSpec.builder().index("0").type(String.class).build());
            spec.addPositional(PositionalParamSpec.builder()
                    .index("1")
                    .type(String.class)
                    .completionCandidates(roles())
                    .build());
        }
        return spec;
    }

    private static OptionSpec spec(Option option) {
        OptionSpec.Builder builder = OptionSpec.builder(option.names().toArray(String[]::new));
        if (option.label() == null) {
            return builder.arity("0").type(boolean.class).build();
        }
        builder.arity("1");
        return switch (option.label()) {
            case FILE -> builder.type(Path.class).build();
            case ROLE ->
                builder.type(String.class).completionCandidates(roles()).build();
            default -> builder.type(String.class).build();
        };
    }

    private static List<String> roles() {
        return Arrays.stream(Role.values()).map(Role::publicName).toList();
    }
}
