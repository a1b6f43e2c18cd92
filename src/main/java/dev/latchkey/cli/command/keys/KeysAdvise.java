package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.advice.Advice;
import dev.latchkey.accesskey.advice.KeyAdvice;
import dev.latchkey.accesskey.advice.KeyAdviceJson;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.output.Progress;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.server.Services;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code keys advise}: what one key, or each of all keys, no longer needs. */
public final class KeysAdvise implements Command {
    private static final String INDENT = "  ";

    @Override
    public void declare(Syntax syntax) {
        syntax.words("[" + KeyWord.LABEL + "]", 0, 1)
                .store()
                .json()
                .example("latchkey keys advise")
                .example("latchkey keys advise ack_…");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.open(arguments, context);
                Progress progress = new Progress(context, "keys with advice")) {
            return arguments.words().isEmpty()
                    ? ofAll(services, arguments, context, progress)
                    : ofOne(services, arguments, context);
        }
    }

    private static int ofOne(Services services, Arguments arguments, CliContext context) {
        AccessKey key = KeyWord.find(services, arguments);
        KeyAdvice advice = services.advisor().advise(StoreAccess.operator(), key);
        if (arguments.has(Syntax.JSON)) {
            JsonOutput.print(context.out(), KeyAdviceJson.of(advice));
        } else if (advice.advice().isEmpty()) {
            context.err().println("There is no advice on this key.");
        } else {
            print(advice, context);
        }
        return advice.advice().isEmpty() ? ExitCodes.DONE : ExitCodes.SOMETHING_TO_DO;
    }

    private static int ofAll(Services services, Arguments arguments, CliContext context, Progress progress) {
        Listing listing = new Listing(services);
        Pages<KeyAdvice> all = new Pages<>(context, progress, last -> listing.next());
        if (arguments.has(Syntax.JSON)) {
            JsonOutput.printList(context.out(), all, KeyAdviceJson::of);
        } else if (all.isEmpty()) {
            context.err().println("There is no advice on any key.");
        } else {
            all.forEach(advice -> print(advice, context));
        }
        return all.count() == 0 ? ExitCodes.DONE : ExitCodes.SOMETHING_TO_DO;
    }

    /** The keys that there is advice on, some at a time. */
    private static final class Listing {
        private final Services services;
        private @Nullable AccessKey last;

        Listing(Services services) {
            this.services = services;
        }

        List<KeyAdvice> next() {
            List<KeyAdvice> found = new ArrayList<>();
            for (List<AccessKey> keys = page(); !keys.isEmpty(); keys = page()) {
                last = keys.get(keys.size() - 1);
                services.advisor().advise(StoreAccess.operator(), keys).stream()
                        .filter(advice -> !advice.advice().isEmpty())
                        .forEach(found::add);
                if (!found.isEmpty()) {
                    break;
                }
            }
            return found;
        }

        private List<AccessKey> page() {
            return KeyListOptions.ALL.page(services, last, Pages.ROWS);
        }
    }

    private static void print(KeyAdvice advice, CliContext context) {
        String name = TerminalText.line(advice.key().settings().name());
        StringBuilder text = new StringBuilder(name + " (" + advice.key().id() + ")\n");
        for (Advice one : advice.advice()) {
            String indent = INDENT;
            String line = one.kind().publicName() + ": " + TerminalText.line(one.message());
            for (String part : TerminalText.wrap(line, context.screen().columns() - 2 * INDENT.length())) {
                text.append(indent).append(part).append('\n');
                indent = INDENT + INDENT;
            }
        }
        context.out().print(text);
    }
}
