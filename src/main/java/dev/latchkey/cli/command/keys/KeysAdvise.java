package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyQuery.Filter;
import dev.latchkey.accesskey.AccessKeyQuery.Order;
import dev.latchkey.accesskey.advice.Advice;
import dev.latchkey.accesskey.advice.KeyAdvice;
import dev.latchkey.accesskey.advice.KeyAdviceJson;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.server.Services;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code keys advise}: what one key, or each of all keys, no longer needs. */
public final class KeysAdvise implements Command {
    private static final String INDENT = "  ";

    @Override
    public void declare(Syntax syntax) {
        syntax.words("[ID]", 0, 1)
                .store()
                .json()
                .example("latchkey keys advise")
                .example("latchkey keys advise ack_…");
    }

    @Override
    public int execute(Invocation run) {
        try (Services services = run.store()) {
            return run.words().isEmpty() ? ofAll(new Listing(services), run) : ofOne(services, run);
        }
    }

    private static int ofOne(Services services, Invocation run) {
        KeyAdvice advice = services.advisor().advise(Invocation.operator(), KeyCommands.find(services, run));
        if (run.isJson()) {
            run.printJson(KeyAdviceJson.of(advice));
        } else if (advice.advice().isEmpty()) {
            run.tell("There is no advice on this key.");
        } else {
            print(advice, run.context());
        }
        return advice.advice().isEmpty() ? ExitCodes.DONE : ExitCodes.SOMETHING_TO_DO;
    }

    private static int ofAll(Listing listing, Invocation run) {
        try (Pages<KeyAdvice> all = new Pages<>(run.context(), "keys with advice", last -> listing.next())) {
            if (run.isJson()) {
                JsonOutput.printList(run.context().out(), all, KeyAdviceJson::of);
            } else if (all.isEmpty()) {
                run.tell("There is no advice on any key.");
            } else {
                all.forEach(advice -> print(advice, run.context()));
            }
            return all.count() == 0 ? ExitCodes.DONE : ExitCodes.SOMETHING_TO_DO;
        }
    }

    /** The keys that there is advice on, some at a time. */
    private static final class Listing {
        private final Services services;
        private @Nullable AccessKey last;

        Listing(Services services) {
            this.services = services;
        }

        List<KeyAdvice> next() {
            for (List<AccessKey> keys = page(); !keys.isEmpty(); keys = page()) {
                last = keys.get(keys.size() - 1);
                List<KeyAdvice> found = services.advisor().advise(Invocation.operator(), keys).stream()
                        .filter(advice -> !advice.advice().isEmpty())
                        .toList();
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return List.of();
        }

        private List<AccessKey> page() {
            return KeysList.page(services, last, Pages.ROWS, Filter.NONE, Order.NEWEST_FIRST);
        }
    }

    private static void print(KeyAdvice advice, CliContext context) {
        String name = TerminalText.line(advice.key().settings().name());
        StringBuilder text = new StringBuilder(name + " (" + advice.key().id() + ")\n");
        for (Advice one : advice.advice()) {
            String line = one.kind().publicName() + ": " + TerminalText.line(one.message());
            List<String> parts = TerminalText.wrap(line, context.screen().columns() - 2 * INDENT.length());
            text.append(INDENT)
                    .append(String.join("\n" + INDENT + INDENT, parts))
                    .append('\n');
        }
        context.out().print(text);
    }
}
