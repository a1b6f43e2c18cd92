package dev.latchkey.cli.command;

import dev.latchkey.audit.AuditJson;
import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.audit.AuditTrail;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.config.Durations;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Actor;
import dev.latchkey.server.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                .optionsAreFields()
                .store()
                .json()
                .example("latchkey audit --since 24h --key orders");
    }

    @Override
    public int execute(Invocation run) {
        AuditQuery query = query(run);
        try (Services services = run.store()) {
            return list(new Listing(services.audit(), query), run);
        }
    }

    private static int list(Listing listing, Invocation run) {
        try (Pages<AuditPage.Entry> entries = new Pages<>(run.context(), "events listed", last -> listing.next())) {
            if (run.isJson()) {
                JsonOutput.printPage(run.context().out(), entries, AuditJson::of, listing::cursor);
                return ExitCodes.DONE;
            }
            Table<AuditPage.Entry> table = new Table<AuditPage.Entry>()
                    .column("TIME", entry -> entry.event().at().toString())
                    .column("ACTION", NARROWEST_ACTION, entry -> entry.event().action())
                    .column("SUBJECT", WHOLE_ID, entry -> entry.event().subject())
                    .under(Audit::details);
            run.list(entries, AuditJson::of, "There is no such event.", table);
            if (listing.next != null) {
                run.tell("There is more: --cursor " + listing.next + " goes on, --limit shows more at once.");
            }
            return ExitCodes.DONE;
        }
    }

    private static List<String> details(AuditPage.Entry entry) {
        Actor actor = entry.event().actor();
        String title = actor.title().isEmpty() ? "" : " \"" + actor.title() + '"';
        List<String> details = new ArrayList<>(List.of("by " + actor.label() + title + " from " + actor.from()));
        AuditJson shown = AuditJson.of(entry);
        if (shown.subjectName() != null) {
            details.add("on \"" + shown.subjectName() + '"');
        }
        details.addAll(shown.changes());
        return details;
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
                    audit.page(Invocation.operator(), new AuditQuery(Math.min(left, AT_ONCE), next, query.filter()));
            next = page.next();
            left -= page.entries().size();
            return page.entries();
        }

        @Nullable
        String cursor() {
            return next == null ? null : next.toString();
        }
    }

    private static AuditQuery query(Invocation run) {
        return new AuditQuery(
                number("--limit", run).map(Math::toIntExact).orElse(AuditQuery.DEFAULT_LIMIT),
                number("--cursor", run).orElse(null),
                new AuditQuery.Filter(
                        run.value("--subject").orElse(null),
                        run.value("--key").orElse(null),
                        run.value("--actor").orElse(null),
                        run.value("--action").orElse(null),
                        run.value("--since")
                                .map(text -> Durations.since("--since", text, run.now()))
                                .orElse(null)));
    }

    private static Optional<Long> number(String flag, Invocation run) {
        return run.value(flag).map(text -> {
            if (!text.matches("[0-9]{1,9}")) {
                throw ServiceException.invalid(flag, "must be a number");
            }
            return Long.valueOf(text);
        });
    }
}
