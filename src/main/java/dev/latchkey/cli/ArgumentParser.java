package dev.latchkey.cli;

import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.error.ServiceException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the words of one command line by a command's {@link Syntax}, and says what is wrong with them. */
final class ArgumentParser {
    private ArgumentParser() {}

    /**
     * Reads what was typed after the command.
     *
     * @throws ServiceException of kind INVALID when it is wrong usage; the message holds no value, which may be a secret
     */
    static ParseResult read(Syntax syntax, List<String> typed) {
        try {
            return syntax.commandLine().parseArgs(typed.toArray(String[]::new));
        } catch (ParameterException e) {
            throw ExitCodes.usage(explain(syntax, e));
        }
    }

    private static String explain(Syntax syntax, ParameterException e) {
        String more = "; \"latchkey help " + syntax.path() + "\" lists the options";
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return name(missing.getMissing().get(0)) + " needs a value" + more;
        }
        if (e instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " may be given only once";
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            String option = unmatched.getUnmatched().get(0).replaceFirst("(?s)=.*", "");
            List<String> known = syntax.options().stream()
                    .flatMap(each -> Arrays.stream(each.names()))
                    .toList();
            return syntax.path() + " has no option \"" + option + "\"" + SpellingSuggester.hint(option, known) + more;
        }
        String where = e.getArgSpec() == null ? "the command line" : name(e.getArgSpec());
        return where + " is not used as it should be" + more;
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.names()[0] : argument.paramLabel();
    }
}
