package dev.latchkey.cli;

import dev.latchkey.cli.Syntax.Option;
import dev.latchkey.error.LatchkeyException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads any command line, says what is wrong with a bad one, and writes the help of a command. */
final class PicocliReading {
    private static final int HELP_COLUMNS = 80;

    private PicocliReading() {}

    static Arguments read(Syntax syntax, List<String> typed) {
        try {
            ParseResult result = commandLine(syntax).parseArgs(typed.toArray(String[]::new));
            Map<String, List<String>> options = new LinkedHashMap<>();
            for (Option option : syntax.options()) {
                if (result.hasMatchedOption(option.name())) {
                    boolean flag = option.label() == null;
                    List<String> values = result.matchedOption(option.name()).stringValues();
                    options.put(option.name(), flag ? List.of() : values);
                }
            }
            List<String> words = result.matchedPositionals().stream()
                    .map(ArgSpec::stringValues)
                    .findFirst()
                    .orElse(List.of());
            return new Arguments(options, words);
        } catch (ParameterException e) {
            throw explain(syntax, e);
        }
    }

    static String help(Syntax syntax) {
        return commandLine(syntax).getUsageMessage(Ansi.OFF);
    }

    private static CommandLine commandLine(Syntax syntax) {
        CommandSpec spec = CommandSpec.create().name("latchkey " + syntax.path());
        spec.usageMessage()
                .description(syntax.summary())
                .customSynopsis(("latchkey " + syntax.path() + " [OPTIONS] " + syntax.label()).stripTrailing())
                .width(HELP_COLUMNS)
                .footerHeading("%nFor example%n")
                .footer(syntax.examples().stream()
                        .map(line -> "  " + line.replace("%", "%%"))
                        .toArray(String[]::new))
                .sortOptions(false);
        syntax.options().forEach(option -> spec.addOption(spec(option)));
        // Counting the words is left to the command's syntax, whose message says more.
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .hidden(true)
                .build());
        return new CommandLine(spec).setExpandAtFiles(false);
    }

    private static OptionSpec spec(Option option) {
        OptionSpec.Builder builder =
                OptionSpec.builder(option.names().toArray(String[]::new)).description(option.description());
        if (option.label() == null) {
            return builder.arity("0")
                    .type(boolean.class)
                    .usageHelp(option.name().equals(Syntax.HELP))
                    .build();
        }
        builder.arity("1").paramLabel(option.label());
        return option.repeatable()
                ? builder.type(List.class).auxiliaryTypes(String.class).build()
                : builder.type(String.class).build();
    }

    /** What is wrong, without the values: one may be a secret. */
    private static LatchkeyException explain(Syntax syntax, ParameterException e) {
        String more = "; \"latchkey help " + syntax.path() + "\" lists the options";
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return ExitCodes.usage(name(missing.getMissing().get(0)) + " needs a value" + more);
        }
        if (e instanceof OverwrittenOptionException twice) {
            return ExitCodes.usage(name(twice.getOverwritten()) + " may be given only once");
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            String text = unmatched.getUnmatched().get(0);
            String option = text.contains("=") ? text.substring(0, text.indexOf('=')) : text;
            List<String> known = syntax.options().stream()
                    .flatMap(each -> each.names().stream())
                    .toList();
            return ExitCodes.usage(
                    syntax.path() + " has no option \"" + option + "\"" + Nearest.hint(option, known) + more);
        }
        String where = e.getArgSpec() == null ? "the command line" : name(e.getArgSpec());
        return ExitCodes.usage(where + " is not used as it should be" + more);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.names()[0] : argument.paramLabel();
    }
}
