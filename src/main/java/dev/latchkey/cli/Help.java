package dev.latchkey.cli;

import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.error.ServiceException;
import java.util.List;

/** What is said about the commands as a whole; {@link Syntax#help} tells about a single one. */
final class Help {
    /** A longer word is no mistyped command, but perhaps a secret in the wrong place. */
    private static final int LONGEST_ECHO = 24;

    /** The topic of {@code latchkey help} that is no command. */
    static final String PROFILES = "profiles";

    private final CommandTable commands;

    Help(CommandTable commands) {
        this.commands = commands;
    }

    String overview() {
        return "Latchkey, a lightweight OAuth 2.0 token service.\n\nUsage: latchkey [COMMAND] [OPTIONS]\n\n"
                + list(commands.entries())
                + "\n\"latchkey help COMMAND\" tells a command's options and gives an example.\n\"latchkey help profiles\" tells what serve --dev can imitate.\n--verbose adds the stack trace to an error.\n";
    }

    /** The commands that begin with these words. */
    String of(List<String> words) {
        if (words.isEmpty()) {
            return overview();
        }
        return "Usage: latchkey " + String.join(" ", words) + " COMMAND [OPTIONS]\n\n" + list(commands.under(words));
    }

    private static String list(List<CommandEntry> listed) {
        StringBuilder list = new StringBuilder();
        int widest = listed.stream()
                .mapToInt(command -> command.path().length())
                .max()
                .orElse(0);
        for (CommandEntry command : listed) {
            list.append("  ")
                    .append(TerminalText.pad(command.path(), widest + 1))
                    .append(command.summary())
                    .append('\n');
        }
        return list.toString();
    }

    ServiceException unknownCommand(List<String> words) {
        String first = words.get(0);
        List<CommandEntry> group = commands.under(List.of(first));
        if (!group.isEmpty()) {
            List<String> verbs =
                    group.stream().map(command -> command.words().get(1)).toList();
            boolean near = words.size() > 1 && isEchoable(words.get(1));
            String hint = near ? SpellingSuggester.hint(words.get(1), verbs) : "";
            return ExitCodes.usage("\"" + first + "\" must be followed by one of: " + String.join(", ", verbs) + hint);
        }
        String what = isEchoable(first) ? "there is no command \"" + first + "\"" : "the first word is no command";
        List<String> names = commands.entries().stream()
                .map(command -> command.words().get(0))
                .distinct()
                .toList();
        return ExitCodes.usage(what + (isEchoable(first) ? SpellingSuggester.hint(first, names) : "")
                + "; \"latchkey help\" lists all");
    }

    private static boolean isEchoable(String word) {
        return word.length() <= LONGEST_ECHO;
    }
}
