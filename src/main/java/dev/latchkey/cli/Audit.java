package dev.latchkey.cli;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.audit.AuditJson;
import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.server.Services;
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
                .value("--subject", "SUBJECT", "Only what was done to this: a key's id, a scope, a user.")
                .value("--action", "ACTION", "Only this action, such as key.edit, or key for all of keys.")
                .store()
                .json()
                .example("latchkey audit --action key.delete --limit 10");
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        AuditQuery query = query(arguments);
        try (Services services = StoreAccess.open(arguments, surroundings)) {
            AuditPage page = services.audit().page(StoreAccess.operator(), query);
            if (arguments.has(Syntax.JSON)) {
                Long next = page.next();
                JsonOutput.printPage(
                        surroundings.out(), page.entries(), AuditJson::write, next == null ? null : next.toString());
            } else if (page.entries().isEmpty()) {
                surroundings.err().println("There is no such event.");
            } else {
                surroundings.out().print(table(page.entries()));
                more(page.next(), surroundings);
            }
        }
        return ExitCodes.DONE;
    }

    private static AuditQuery query(Arguments arguments) {
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
                    arguments.value("--subject").orElse(null),
                    arguments.value("--action").orElse(null));
        } catch (LatchkeyException e) {
            throw KeyOptions.underFlagNames(e);
        }
    }

    private static Long number(String flag, String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw LatchkeyException.invalid(flag, "must be a number");
        }
        return Long.valueOf(text);
    }

    static String table(List<AuditPage.Entry> entries) {
        Table table = new Table(
                Table.Column.whole("TIME"),
                new Table.Column("ACTION", NARROWEST_ACTION),
                new Table.Column("SUBJECT", WHOLE_ID));
        for (AuditPage.Entry entry : entries) {
            AuditEvent event = entry.event();
            table.row(event.at().toString(), event.action(), event.subject());
            table.under("by " + event.actor().label() + " from " + event.actor().from());
            Differences.between(event.before(), event.after()).forEach(table::under);
        }
        return table.text();
    }

    private static void more(@Nullable Long next, Surroundings surroundings) {
        if (next != null) {
            surroundings.err().println("There is more: --cursor " + next + " goes on, --limit shows more at once.");
        }
    }
}
