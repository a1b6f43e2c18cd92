package dev.latchkey.cli;

import dev.latchkey.cli.output.Fields;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.permission.Actor;
import dev.latchkey.server.Services;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * One run of a command: what was typed after it, read but not judged, and the process that it runs in. What it prints may
 * come from anywhere and cannot act on a terminal. For one thread.
 */
public final class Invocation {
    private final ParseResult typed;
    private final CliContext context;

    Invocation(ParseResult typed, CliContext context) {
        this.typed = typed;
        this.context = context;
    }

    public CliContext context() {
        return context;
    }

    public Instant now() {
        return context.clock().instant();
    }

    public boolean has(String option) {
        return typed.hasMatchedOption(option);
    }

    /** Whether the result is to be one JSON document. */
    public boolean isJson() {
        return has(Syntax.JSON);
    }

    /** All values of an option that may stand there more than once. */
    public List<String> values(String option) {
        OptionSpec matched = typed.matchedOption(option);
        return matched == null ? List.of() : matched.stringValues();
    }

    public Optional<String> value(String option) {
        return values(option).stream().findFirst();
    }

    /** The value of an option that must be there; {@code advice} says what to give. */
    public String required(String option, String advice) {
        return value(option).orElseThrow(() -> ExitCodes.usage(option + " is missing: " + advice));
    }

    /** Fails when both options are there. */
    public void exclude(String one, String other) {
        if (has(one) && has(other)) {
            throw ExitCodes.usage(one + " and " + other + " exclude each other; give one of them");
        }
    }

    /** What belongs to no option, in order. */
    public List<String> words() {
        return typed.matchedPositionals().stream()
                .map(ArgSpec::stringValues)
                .findFirst()
                .orElse(List.of());
    }

    /** The first word of a command that must have one. */
    public String word() {
        return words().get(0);
    }

    /** What the flag says, else the environment, else its default; null = there is none. */
    public @Nullable String choose(ServeFlag flag) {
        return flag.choose(value(flag.flag()).orElse(null), context.env());
    }

    /** Where that came from, for a message. */
    public String source(ServeFlag flag) {
        return flag.source(value(flag.flag()).orElse(null));
    }

    /** The store, which must be there. */
    public Services store() {
        return StoreAccess.open(value(Syntax.DB).orElse(null), false, context);
    }

    /** The store, made if it is not there. */
    public Services storeOrNew() {
        return StoreAccess.open(value(Syntax.DB).orElse(null), true, context);
    }

    /**
     * The user at the command line, who may do everything. The name is that of the operating system's account which runs
     * this process, whatever its environment says. It is a record and no proof: the account can write the store.
     */
    public static Actor operator() {
        return Actor.operator(ProcessHandle.current().info().user().orElse("unknown"));
    }

    /** Prints the result: this with {@code --json}, else a line. */
    public int print(Supplier<Object> json, String line) {
        return isJson() ? printJson(json.get()) : print(line);
    }

    /** The same with several lines. */
    public int print(Supplier<Object> json, Fields fields) {
        return isJson() ? printJson(json.get()) : print(fields);
    }

    public int printJson(Object json) {
        JsonOutput.print(context.out(), json);
        return ExitCodes.DONE;
    }

    public int print(Fields fields) {
        context.out().print(fields.text());
        return ExitCodes.DONE;
    }

    public int print(String line) {
        context.out().println(TerminalText.line(line));
        return ExitCodes.DONE;
    }

    /** Says something beside the result. */
    public void tell(String line) {
        context.err().println(TerminalText.line(line));
    }

    /** Prints a list: a page of JSON, a table, or beside the result that there is nothing in it. */
    public <T> int list(Iterable<T> items, Function<T, Object> json, String ifEmpty, Table<T> table) {
        if (isJson()) {
            JsonOutput.printList(context.out(), items, json);
        } else if (!items.iterator().hasNext()) {
            tell(ifEmpty);
        } else {
            table.print(items, context);
        }
        return ExitCodes.DONE;
    }
}
