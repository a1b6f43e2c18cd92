package dev.latchkey.cli;

import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Which options and words one command takes, as picocli's model of it. Lives for one run. */
public final class Syntax {
    static final String HELP = "--help";
    public static final String VERBOSE = "--verbose";
    public static final String JSON = "--json";
    public static final String DB = ServeFlag.DB.flag();

    private static final int HELP_COLUMNS = 80;

    private final CommandEntry command;
    private final CommandSpec spec;
    private final List<String> examples = new ArrayList<>();
    private @Nullable Map<String, String> fieldNames;
    private String label = "";
    private int fewest = 0;
    private int most = 0;

    /** What the command declares. */
    static Syntax of(CommandEntry entry) {
        Syntax syntax = new Syntax(entry);
        entry.create().declare(syntax);
        return syntax;
    }

    Syntax(CommandEntry command) {
        this.command = command;
        this.spec = CommandSpec.create().name("latchkey " + command.path());
        add(OptionSpec.builder(HELP, "-h").type(boolean.class).arity("0").usageHelp(true), "Show this help.");
        flag(VERBOSE, "Add the stack trace to an error.");
        // The number of words is checked by checkWords, whose message says more.
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .hidden(true)
                .build());
    }

    /** An option without a value. */
    public Syntax flag(String name, String description) {
        return add(OptionSpec.builder(name).type(boolean.class).arity("0"), description);
    }

    /** An option with one value. */
    public Syntax value(String name, String valueLabel, String description) {
        return add(OptionSpec.builder(name).type(String.class).arity("1").paramLabel(valueLabel), description);
    }

    /** An option that may stand there more than once, each time with one value. */
    public Syntax values(List<String> names, String valueLabel, String description) {
        OptionSpec.Builder option = OptionSpec.builder(names.toArray(String[]::new))
                .type(List.class)
                .auxiliaryTypes(String.class);
        return add(option.arity("1").paramLabel(valueLabel), description);
    }

    /** Options of {@code serve}. */
    public Syntax flags(ServeFlag... flags) {
        for (ServeFlag flag : flags) {
            if (flag.isSwitch()) {
                flag(flag.flag(), flag.help());
            } else {
                value(flag.flag(), flag.label(), flag.help());
            }
        }
        return this;
    }

    private Syntax add(OptionSpec.Builder option, String description) {
        spec.addOption(option.description(description).build());
        return this;
    }

    /** The words that belong to no option: from {@code fewest} to {@code most}. */
    public Syntax words(String wordLabel, int fewest, int most) {
        this.label = wordLabel;
        this.fewest = fewest;
        this.most = most;
        return this;
    }

    /** A command line that does something useful, as it is typed. */
    public Syntax example(String line) {
        examples.add(line);
        return this;
    }

    public Syntax json() {
        return flag(JSON, "Print one JSON document, and nothing else on standard output.");
    }

    public Syntax store() {
        return flags(ServeFlag.DB);
    }

    /** For a command that opens no store: what is typed after every command is taken here too. */
    public Syntax noStore() {
        return value(DB, ServeFlag.DB.label(), "Taken as by every command; this one opens no store.");
    }

    /** A failure about a field names the option that sets it: {@code --expires-at} for {@code expires_at}. */
    public Syntax optionsAreFields() {
        return optionsAreFields(Map.of());
    }

    /** The same where some fields are set by what is called otherwise. */
    public Syntax optionsAreFields(Map<String, String> others) {
        fieldNames = others;
        return this;
    }

    /** The failure as it is told of this command. */
    ServiceException withOptionNames(ServiceException e) {
        Map<String, String> others = fieldNames;
        if (others == null || e.errors().isEmpty()) {
            return e;
        }
        return ServiceException.invalid(e.errors().stream()
                .map(error -> {
                    String field = error.field().replaceFirst("\\[\\d+]$", "").replace('_', '-');
                    String option = field.startsWith("-") ? field : "--" + field;
                    return new FieldError(others.getOrDefault(field, option), error.message());
                })
                .toList());
    }

    /** Fails unless there are as many words as the command takes. They are not repeated: one may be a secret. */
    void checkWords(int count) {
        if (count < fewest) {
            throw ExitCodes.usage(path() + " needs " + label + ": latchkey " + path() + " " + label);
        }
        if (count > most) {
            String takes = most == 0 ? "no word that is not an option" : "only " + (most == 1 ? "one " : "") + label;
            throw ExitCodes.usage(
                    path() + " takes " + takes + "; quote a value with spaces, and put a command before its options");
        }
    }

    /** The help of the command. */
    String help() {
        spec.usageMessage()
                .description(command.summary())
                .customSynopsis(("latchkey " + path() + " [OPTIONS] " + label).stripTrailing())
                .width(HELP_COLUMNS)
                .footerHeading("%nFor example%n")
                .footer(examples.stream()
                        .map(line -> "  " + line.replace("%", "%%"))
                        .toArray(String[]::new))
                .sortOptions(false);
        return commandLine().getUsageMessage(Ansi.OFF);
    }

    String path() {
        return command.path();
    }

    List<OptionSpec> options() {
        return spec.options();
    }

    /** The option of that name. */
    Optional<OptionSpec> find(String name) {
        return Optional.ofNullable(spec.findOption(name));
    }

    List<String> examples() {
        return List.copyOf(examples);
    }

    /** What the command's words are called in its help; empty where it takes none. */
    String label() {
        return label;
    }

    /** Whether the option takes no value. */
    static boolean isFlag(OptionSpec option) {
        return option.arity().max() == 0;
    }

    /** As picocli has it; for this command line alone. */
    CommandLine commandLine() {
        return new CommandLine(spec).setExpandAtFiles(false);
    }
}
