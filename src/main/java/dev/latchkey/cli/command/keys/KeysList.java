package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyCursor;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.accesskey.AccessKeyQuery.Filter;
import dev.latchkey.accesskey.AccessKeyQuery.Order;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.output.Times;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.config.Durations;
import dev.latchkey.error.ServiceException;
import dev.latchkey.server.Services;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code keys list}: access keys, newest first unless asked otherwise. */
public final class KeysList implements Command {
    private static final String QUERY = "--q";
    private static final String ENABLED = "--enabled";
    private static final String DISABLED = "--disabled";
    private static final String EXPIRING = "--expiring";
    private static final String UNUSED = "--unused";
    private static final String OLD_SECRET = "--old-secret";
    private static final String SORT = "--sort";
    private static final String LIMIT = "--limit";
    private static final String WIDE = "--wide";

    /** A generated id; it stays whole, for people copy it. */
    private static final int WHOLE_ID = 30;

    private static final int NARROWEST = 8;

    @Override
    public void declare(Syntax syntax) {
        syntax.value(QUERY, "TEXT", "Only keys with this in name, id, description or scopes, in either case.")
                .flag(ENABLED, "Only keys that are not disabled.")
                .flag(DISABLED, "Only keys that are disabled.")
                .value(EXPIRING, "DURATION", "Only keys that will have expired within this time, such as 14d.")
                .value(UNUSED, "DURATION", "Only keys not used for so long, or made so long ago and never used.")
                .flag(OLD_SECRET, "Only keys with a secret that a rotation has left and that still works.")
                .value(
                        SORT,
                        "ORDER",
                        "created, name, last_used or expires, or the other way with - before it (default -created).")
                .value(LIMIT, "N", "How many at the most (default all).")
                .flag(WIDE, "Shorten nothing, and show when keys expire and were made.")
                .optionsAreFields()
                .store()
                .json()
                .example("latchkey keys list --q billing --enabled")
                .example("latchkey keys list --unused 90d --sort last_used");
    }

    @Override
    public int execute(Invocation run) {
        Options options = options(run);
        long[] left = {options.limit()};
        try (Services services = run.store();
                Pages<AccessKey> keys = new Pages<>(run.context(), "keys listed", last -> {
                    int most = (int) Math.min(left[0], Pages.ROWS);
                    List<AccessKey> page =
                            most == 0 ? List.of() : page(services, last, most, options.filter(), options.order());
                    left[0] -= page.size();
                    return page;
                })) {
            boolean filtered = !options.filter().equals(Filter.NONE);
            run.list(
                    keys,
                    AccessKeyJson::of,
                    filtered
                            ? "There is no such access key."
                            : "There is no access key yet; latchkey keys create makes one.",
                    table(run.has(WIDE), run.now()));
            if (!run.isJson() && keys.count() == options.limit()) {
                long total = services.accessKeys().count(Invocation.operator(), options.filter());
                if (total > keys.count()) {
                    run.tell("These are " + keys.count() + " of " + total + " access keys.");
                }
            }
        }
        return ExitCodes.DONE;
    }

    /** Which keys a list has, in which order, and how many of them at most. */
    private record Options(Filter filter, Order order, long limit) {}

    private static Options options(Invocation run) {
        run.exclude(ENABLED, DISABLED);
        return new Options(
                new Filter(
                        run.value(QUERY).orElse(null),
                        run.has(ENABLED) ? Boolean.TRUE : run.has(DISABLED) ? Boolean.FALSE : null,
                        period(EXPIRING, run),
                        period(UNUSED, run),
                        run.has(OLD_SECRET) ? Boolean.TRUE : null),
                run.value(SORT).map(Order::parse).orElse(Order.NEWEST_FIRST),
                run.value(LIMIT).map(KeysList::number).orElse(Long.MAX_VALUE));
    }

    private static @Nullable Duration period(String option, Invocation run) {
        return run.value(option).map(text -> Durations.parse(option, text)).orElse(null);
    }

    private static Long number(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw ServiceException.invalid(LIMIT, "must be a number from 1 on");
        }
        return Long.valueOf(text);
    }

    /** Some of the keys that come after one, or the first where there is none; none at the end. */
    static List<AccessKey> page(Services services, @Nullable AccessKey last, int most, Filter filter, Order order) {
        AccessKeyCursor after = last == null ? null : AccessKeyCursor.behind(last, order);
        AccessKeyQuery query = new AccessKeyQuery(most, after, filter, order);
        return services.accessKeys().page(Invocation.operator(), query).keys();
    }

    static Table<AccessKey> table(boolean wide, Instant now) {
        int narrowest = wide ? Integer.MAX_VALUE : NARROWEST;
        Table<AccessKey> table = new Table<AccessKey>()
                .column("ID", wide ? Integer.MAX_VALUE : WHOLE_ID, AccessKey::id)
                .column("NAME", narrowest, key -> key.settings().name())
                .column("STATE", key -> KeyText.state(key, now))
                .column("SCOPES", narrowest, key -> key.settings().scopes().toString())
                .column("LAST USED", key -> Times.orNever(key.lastUsedAt(), now));
        return wide
                ? table.column("EXPIRES", key -> Times.orNever(key.settings().expiresAt(), now))
                        .column("CREATED", key -> Times.relative(key.createdAt(), now))
                : table;
    }
}
