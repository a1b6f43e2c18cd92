package dev.latchkey.cli;

import dev.latchkey.config.ServeFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which options and words one command takes. */
final class Syntax {
    static final String HELP = "--help";
    static final String VERBOSE = "--verbose";
    static final String JSON = "--json";
    static final String DB = ServeFlag.DB.flag();

    /**
     * One option.
     *
     * @param names the one it is kept under, then others for the same
     * @param label what its value is called; null = it takes none
     */
    record Option(List<String> names, @Nullable String label, String description, boolean repeatable) {
        String name() {
            return names.get(0);
        }
    }

    private final Commands command;
    private final List<Option> options = new ArrayList<>();
    private final List<String> examples = new ArrayList<>();
    private String label = "";
    private int fewest = 0;
    private int most = 0;

    Syntax(Commands command) {
        this.command = command;
        options.add(new Option(List.of(HELP, "-h"), null, "Show this help.", false));
        options.add(new Option(List.of(VERBOSE), null, "Add the stack trace to an error.", false));
    }

    /** An option without a value. */
    Syntax flag(String name, String description) {
        options.add(new Option(List.of(name), null, description, false));
        return this;
    }

    /** An option with one value. */
    Syntax value(String name, String valueLabel, String description) {
        options.add(new Option(List.of(name), valueLabel, description, false));
        return this;
    }

    /** An option that may stand there more than once, each time with one value. */
    Syntax values(List<String> names, String valueLabel, String description) {
        options.add(new Option(names, valueLabel, description, true));
        return this;
    }

    /** The words that belong to no option: from {@code fewest} to {@code most}. */
    Syntax words(String wordLabel, int fewest, int most) {
        this.label = wordLabel;
        this.fewest = fewest;
        this.most = most;
        return this;
    }

    /** A command line that does something useful, as it is typed. */
    Syntax example(String line) {
        examples.add(line);
        return this;
    }

    Syntax json() {
        return flag(JSON, "Print one JSON document, and nothing else on standard output.");
    }

    Syntax store() {
        return value(DB, ServeFlag.DB.label(), ServeFlag.DB.help());
    }

    /** For a command that opens no store: what is typed after every command is taken here too. */
    Syntax noStore() {
        return value(DB, ServeFlag.DB.label(), "Taken as by every command; this one opens no store.");
    }

    Arguments read(List<String> typed) {
        return PlainReading.read(this, typed).orElseGet(() -> PicocliReading.read(this, typed));
    }

    /** Fails unless there are as many words as the command takes. They are not repeated: one may be a secret. */
    void checkWords(Arguments arguments) {
        int count = arguments.words().size();
        if (count < fewest) {
            throw ExitCodes.usage(path() + " needs " + label + ": latchkey " + path() + " " + label);
        }
        if (count > most) {
            String takes = most == 0 ? "no word that is not an option" : "only " + (most == 1 ? "one " : "") + label;
            throw ExitCodes.usage(
                    path() + " takes " + takes + "; quote a value with spaces, and put a command before its options");
        }
    }

    Optional<Option> find(String name) {
        return options.stream().filter(option -> option.names().contains(name)).findFirst();
    }

    String path() {
        return command.path();
    }

    String summary() {
        return command.summary();
    }

    List<Option> options() {
        return List.copyOf(options);
    }

    List<String> examples() {
        return List.copyOf(examples);
    }

    String label() {
        return label;
    }

    int fewest() {
        return fewest;
    }

    int most() {
        return most;
    }
}
