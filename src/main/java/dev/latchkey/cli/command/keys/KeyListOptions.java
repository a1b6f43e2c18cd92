package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyCursor;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.accesskey.AccessKeyQuery.Filter;
import dev.latchkey.accesskey.AccessKeyQuery.Order;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.OptionErrors;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.Pages;
import dev.latchkey.cli.output.Progress;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.config.Durations;
import dev.latchkey.error.ServiceException;
import dev.latchkey.server.Services;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which keys a list has, in which order, and how many of them.
 *
 * @param limit so many at most
 */
record KeyListOptions(Filter filter, Order order, long limit) {
    /** All keys, newest first. */
    static final KeyListOptions ALL = new KeyListOptions(Filter.NONE, Order.NEWEST_FIRST, Long.MAX_VALUE);

    private static final String QUERY = "--q";
    private static final String ENABLED = "--enabled";
    private static final String DISABLED = "--disabled";
    private static final String EXPIRING = "--expiring";
    private static final String UNUSED = "--unused";
    private static final String OLD_SECRET = "--old-secret";
    private static final String SORT = "--sort";
    private static final String LIMIT = "--limit";

    static Syntax declare(Syntax syntax) {
        return syntax.value(QUERY, "TEXT", "Only keys with this in name, id, description or scopes, in either case.")
                .flag(ENABLED, "Only keys that are not disabled.")
                .flag(DISABLED, "Only keys that are disabled.")
                .value(EXPIRING, "DURATION", "Only keys that will have expired within this time, such as 14d.")
                .value(UNUSED, "DURATION", "Only keys not used for so long, or made so long ago and never used.")
                .flag(OLD_SECRET, "Only keys with a secret that a rotation has left and that still works.")
                .value(
                        SORT,
                        "ORDER",
                        "created, name, last_used or expires, or the other way with - before it (default -created).")
                .value(LIMIT, "N", "How many at the most (default all).");
    }

    static KeyListOptions of(Arguments arguments) {
        try {
            return read(arguments);
        } catch (ServiceException e) {
            throw OptionErrors.of(e);
        }
    }

    private static KeyListOptions read(Arguments arguments) {
        if (arguments.has(ENABLED) && arguments.has(DISABLED)) {
            throw ExitCodes.usage(ENABLED + " and " + DISABLED + " exclude each other; give one of them");
        }
        Filter filter = new Filter(
                arguments.value(QUERY).orElse(null),
                arguments.has(ENABLED) ? Boolean.TRUE : arguments.has(DISABLED) ? Boolean.FALSE : null,
                period(arguments, EXPIRING),
                period(arguments, UNUSED),
                arguments.has(OLD_SECRET) ? Boolean.TRUE : null);
        Order order = arguments.value(SORT).map(Order::parse).orElse(Order.NEWEST_FIRST);
        long limit = arguments.value(LIMIT).map(KeyListOptions::number).orElse(Long.MAX_VALUE);
        return new KeyListOptions(filter, order, limit);
    }

    private static @Nullable Duration period(Arguments arguments, String option) {
        return arguments
                .value(option)
                .map(text -> Durations.parse(option, text))
                .orElse(null);
    }

    private static long number(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw ServiceException.invalid(LIMIT, "must be a number from 1 on");
        }
        return Long.parseLong(text);
    }

    boolean isFiltered() {
        return !filter.equals(Filter.NONE);
    }

    /** The keys, some at a time. */
    Pages<AccessKey> pages(Services services, CliContext context, Progress progress) {
        long[] left = {limit};
        return new Pages<>(context, progress, last -> {
            if (left[0] == 0) {
                return List.of();
            }
            List<AccessKey> keys = page(services, last, (int) Math.min(left[0], Pages.ROWS));
            left[0] -= keys.size();
            return keys;
        });
    }

    /** Some of the keys that come after one, or the first where there is none; none at the end. */
    List<AccessKey> page(Services services, @Nullable AccessKey last, int most) {
        AccessKeyCursor after = last == null ? null : AccessKeyCursor.behind(last, order);
        AccessKeyQuery query = new AccessKeyQuery(most, after, filter, order);
        return services.accessKeys().page(StoreAccess.operator(), query).keys();
    }
}
