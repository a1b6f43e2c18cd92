package dev.latchkey.cli;

import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.StandardOutput;
import dev.latchkey.cli.terminal.StderrLogging;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.config.LogFormat;
import dev.latchkey.config.ProgramVersion;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.dev.profile.ProfileHelp;
import dev.latchkey.error.ServiceException;
import dev.latchkey.log.LogEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The command line: finds the command, runs it, and reports what went wrong in one line. */
public final class Cli {
    private static final List<String> HELP = List.of("--help", "-h");
    private static final List<String> VERSION = List.of("--version", "-V");

    private final CliContext context;
    private final CommandTable commands;
    private final Help help;

    /** Whether what is said on standard error are lines of a log in JSON. */
    private boolean speaksJson;

    public Cli(CliContext context, CommandTable commands) {
        this.context = context;
        this.commands = commands;
        this.help = new Help(commands);
    }

    /** Runs the command that the words name; answers the exit code. Never throws. */
    public int run(String... args) {
        List<String> words = Arrays.asList(args);
        boolean verbose = words.contains(Syntax.VERBOSE);
        try {
            context.checkDecoded(words);
            int code = dispatch(words);
            context.checkOutput();
            return code;
        } catch (CliContext.OutputFailedException e) {
            return outputFailed();
        } catch (OutOfMemoryError e) {
            say("out of memory; give it more with -Xmx, which run.sh takes from LATCHKEY_JAVA_OPTS", e, verbose);
            return ExitCodes.FAILED;
        } catch (Exception e) {
            say(message(e), e, verbose);
            return ExitCodes.of(e);
        }
    }

    /** A reader that has closed its end of a pipe, as {@code | head} does, has got what it wanted. */
    private int outputFailed() {
        if (context.out() instanceof StandardOutput out && out.isReaderGone()) {
            return ExitCodes.DONE;
        }
        context.err().println("latchkey: the result could not be written to standard output completely");
        return ExitCodes.FAILED;
    }

    private int dispatch(List<String> words) throws Exception {
        List<String> rest = words;
        while (!rest.isEmpty() && rest.get(0).equals(Syntax.VERBOSE)) {
            rest = rest.subList(1, rest.size());
        }
        String first = rest.isEmpty() ? "" : rest.get(0);
        if (HELP.contains(first)) {
            return print(help.overview());
        }
        if (VERSION.contains(first)) {
            return print("latchkey " + ProgramVersion.read() + "\n");
        }
        if (first.equals(Completer.COMMAND)) {
            return print(new Completer(commands, context).complete(rest.subList(1, rest.size())));
        }
        if (first.equals("help")) {
            return print(help(rest.subList(1, rest.size())));
        }
        if (first.isEmpty() || first.startsWith("-")) {
            Optional<List<String>> ordered = commands.commandFirst(rest);
            return ordered.isPresent() ? dispatch(ordered.get()) : run(commands.first(), rest);
        }
        Optional<CommandEntry> command = commands.find(rest);
        if (command.isPresent()) {
            int named = command.get().words().size();
            return run(command.get(), rest.subList(named, rest.size()));
        }
        if (rest.size() > 1 && HELP.contains(rest.get(1))) {
            return print(help(rest.subList(0, 1)));
        }
        throw help.unknownCommand(rest);
    }

    private int run(CommandEntry entry, List<String> words) throws Exception {
        speaksJson = entry.words().equals(List.of("serve")) && asksForJsonLog(words);
        if (speaksJson) {
            StderrLogging.writeAs(LogFormat.JSON);
        }
        Command command = entry.create();
        Syntax syntax = new Syntax(entry);
        command.declare(syntax);
        Invocation run = new Invocation(ArgumentParser.read(syntax, words), context);
        if (run.has(Syntax.HELP)) {
            return print(syntax.help());
        }
        syntax.checkWords(run.words().size());
        VariableWarnings.of(context.env(), entry.readsPort()).forEach(this::warn);
        try {
            return command.execute(run);
        } catch (ServiceException e) {
            throw syntax.withOptionNames(e);
        }
    }

    /** Whether the log of a service is to be JSON. What is wrong with its settings must be a line of that log, too. */
    private boolean asksForJsonLog(List<String> words) {
        String flag = ServeFlag.LOG_FORMAT.flag();
        String format = context.env().getOrDefault(ServeFlag.LOG_FORMAT.variable(), "");
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith(flag + "=")) {
                format = word.substring(flag.length() + 1);
            } else if (word.equals(flag) && i + 1 < words.size()) {
                format = words.get(i + 1);
            }
        }
        return format.strip().equalsIgnoreCase("json");
    }

    private String help(List<String> words) {
        if (words.equals(List.of(Help.PROFILES))) {
            return ProfileHelp.text();
        }
        Optional<CommandEntry> command = commands.find(words);
        if (command.isPresent()) {
            return Syntax.of(command.get()).help();
        }
        if (commands.under(words).isEmpty()) {
            throw help.unknownCommand(words);
        }
        return help.of(words);
    }

    private int print(String text) {
        context.out().print(text);
        return ExitCodes.DONE;
    }

    private static String message(Exception failure) {
        return failure instanceof ServiceException known
                ? known.reason()
                : "this should not have happened (" + failure.getClass().getSimpleName()
                        + "); --verbose tells more, please report it";
    }

    private void warn(String message) {
        String line = TerminalText.line(message);
        if (speaksJson) {
            LogEvent.NOTICE.warn(log()).log(line);
        } else {
            context.err().println(line);
        }
    }

    /** Asked for where it is needed: most commands write no log. */
    private static Logger log() {
        return LoggerFactory.getLogger("dev.latchkey.cli");
    }

    private void say(String message, Throwable failure, boolean verbose) {
        if (speaksJson) {
            LoggingEventBuilder line = LogEvent.SERVICE_FAILED.error(log());
            (verbose ? line.setCause(failure) : line).log(TerminalText.line(ErrorStyle.of(message)));
            return;
        }
        context.err().println("latchkey: " + TerminalText.line(ErrorStyle.of(message)));
        if (verbose) {
            failure.printStackTrace(context.err());
        }
    }
}
