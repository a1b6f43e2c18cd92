package dev.latchkey.cli.command;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.audit.AuditJson;
import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.audit.AuditTrail;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.OptionErrors;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.output.Progress;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.config.Durations;
import dev.latchkey.error.ServiceException;
import dev.latchkey.server.Services;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code audit}: who changed what, newest first. */
final class Audit implements Command {
    private static final int NARROWEST_ACTION = 12;

    /** A generated id of a key; it stays whole, for people copy it. */
    private static final int WHOLE_ID = 30;

    @Override
    public void declare(Syntax syntax) {
        syntax.value("--limit", "N", "How many at the most, 1 to " + AuditQuery.MAX_LIMIT + " (50).")
                .value("--cursor", "CURSOR", "Go on where the page ended that told this next_cursor.")
                .value("--subject", "SUBJECT", "Only what was done to this: a key (id or name), a scope, a user.")
                .value("--key", "KEY", "Only what was done to this key: its id, or a name that it has or had.")
                .value("--actor", "ACTOR", "Only what this user, operator or key (id or name) did.")
                .value("--since", "WHEN", "Only what is not older: 24h, 7d, or an instant (2026-03-01T12:00:00Z).")
                .value("--action", "ACTION", "Only this action, such as key.edit, or key for all of keys.")
                .store()
                .json()
                .example("latchkey audit --since 24h --key orders");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        AuditQuery query = query(arguments, context.clock());
        try (Services services = StoreAccess.open(arguments, context);
                Progress progress = new Progress(context, "events listed")) {
            Listing listing = new Listing(services.audit(), query);
            Pages<AuditPage.Entry> entries = new Pages<>(context, progress, last -> listing.next());
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.printPage(context.out(), entries, AuditJson::of, listing::cursor);
            } else if (entries.isEmpty()) {
                context.err().println("There is no such event.");
            } else {
                print(entries, context);
                more(listing.next, context);
            }
        }
        return ExitCodes.DONE;
    }

    /** The events that were asked for, some of them at a time: one can have a hundred kilobytes. */
    private static final class Listing {
        private static final int AT_ONCE = 20;

        private final AuditTrail audit;
        private final AuditQuery query;
        private int left;

        /** Where the next ones begin; null = there are no more. */
        private @Nullable Long next;

        Listing(AuditTrail audit, AuditQuery query) {
            this.audit = audit;
            this.query = query;
            this.left = query.limit();
            this.next = query.before();
        }

        List<AuditPage.Entry> next() {
            boolean begun = left < query.limit();
            if (left == 0 || (begun && next == null)) {
                return List.of();
            }
            AuditPage page =
                    audit.page(StoreAccess.operator(), new AuditQuery(Math.min(left, AT_ONCE), next, query.filter()));
            next = page.next();
            left -= page.entries().size();
            return page.entries();
        }

        @Nullable
        String cursor() {
            return next == null ? null : next.toString();
        }
    }

    private static AuditQuery query(Arguments arguments, Clock clock) {
        try {
            return new AuditQuery(
                    arguments
                            .value("--limit")
                            .map(text -> Math.toIntExact(number("--limit", text)))
                            .orElse(AuditQuery.DEFAULT_LIMIT),
                    arguments
                            .value("--cursor")
                            .map(text -> number("--cursor", text))
                            .orElse(null),
                    new AuditQuery.Filter(
                            arguments.value("--subject").orElse(null),
                            arguments.value("--key").orElse(null),
                            arguments.value("--actor").orElse(null),
                            arguments.value("--action").orElse(null),
                            arguments
                                    .value("--since")
                                    .map(text -> Durations.since("--since", text, clock.instant()))
                                    .orElse(null)));
        } catch (ServiceException e) {
            throw OptionErrors.of(e);
        }
    }

    private static Long number(String flag, String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw ServiceException.invalid(flag, "must be a number");
        }
        return Long.valueOf(text);
    }

    private static void print(Pages<AuditPage.Entry> entries, CliContext context) {
        try (Table table = new Table(
                context,
                Table.Column.whole("TIME"),
                new Table.Column("ACTION", NARROWEST_ACTION),
                new Table.Column("SUBJECT", WHOLE_ID))) {
            for (AuditPage.Entry entry : entries) {
                AuditEvent event = entry.event();
                AuditJson shown = AuditJson.of(entry);
                List<String> under = new ArrayList<>();
                String title = event.actor().title();
                under.add("by " + event.actor().label() + (title.isEmpty() ? "" : " \"" + title + '"') + " from "
                        + event.actor().from());
                String name = shown.subjectName();
                if (name != null) {
                    under.add("on \"" + name + '"');
                }
                under.addAll(shown.changes());
                table.row(under, event.at().toString(), event.action(), event.subject());
            }
        }
    }

    private static void more(@Nullable Long next, CliContext context) {
        if (next != null) {
            context.err().println("There is more: --cursor " + next + " goes on, --limit shows more at once.");
        }
    }
}
