package dev.latchkey.cli;

import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.error.ServiceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the words of one command line by a command's {@link Syntax}, and says what is wrong with them. */
final class ArgumentParser {
    private final Syntax syntax;

    ArgumentParser(Syntax syntax) {
        this.syntax = syntax;
    }

    /**
     * Reads what was typed after the command.
     *
     * @throws ServiceException of kind INVALID when it is wrong usage; the message holds no value, which may be a secret
     */
    Arguments read(List<String> typed) {
        try {
            ParseResult result = syntax.commandLine().parseArgs(typed.toArray(String[]::new));
            Map<String, List<String>> options = new LinkedHashMap<>();
            for (OptionSpec option : result.matchedOptions()) {
                options.put(option.names()[0], Syntax.isFlag(option) ? List.of() : option.stringValues());
            }
            List<String> words = result.matchedPositionals().stream()
                    .map(ArgSpec::stringValues)
                    .findFirst()
                    .orElse(List.of());
            return new Arguments(options, words);
        } catch (ParameterException e) {
            throw explain(e);
        }
    }

    private ServiceException explain(ParameterException e) {
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
                    .flatMap(each -> List.of(each.names()).stream())
                    .toList();
            String hint = SpellingSuggester.hint(option, known);
            return ExitCodes.usage(syntax.path() + " has no option \"" + option + "\"" + hint + more);
        }
        String where = e.getArgSpec() == null ? "the command line" : name(e.getArgSpec());
        return ExitCodes.usage(where + " is not used as it should be" + more);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.names()[0] : argument.paramLabel();
    }
}
