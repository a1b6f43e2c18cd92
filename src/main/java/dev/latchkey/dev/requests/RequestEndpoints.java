package dev.latchkey.dev.requests;

import dev.latchkey.dev.endpoint.DevEndpoint;
import dev.latchkey.dev.endpoint.DevFields;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.FormBody;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /dev/requests}: what the service was asked. */
public final class RequestEndpoints {
    private static final String PATH = "/dev/requests";
    private static final List<String> PARAMETERS = List.of("on", "key_id", "since", "at_least", "wait");
    private static final Duration MOST_WAIT = Duration.ofMinutes(1);

    private RequestEndpoints() {}

    public static Stream<DevEndpoint> of(RequestLog log) {
        return Stream.of(
                new DevEndpoint("GET", PATH, call -> find(log, call.query())), DevEndpoint.of("DELETE", PATH, call -> {
                    log.clear();
                    return Answer.none();
                }));
    }

    private static CompletionStage<Answer> find(RequestLog log, FormBody query) {
        DevFields.only(query, PARAMETERS);
        String on = query.get("on");
        if (on != null && !on.equals(DevFields.ANY) && DevFields.kind(on).isEmpty()) {
            throw ServiceException.invalid("on", DevFields.ON_RULE);
        }
        RequestLog.Filter filter = new RequestLog.Filter(
                DevFields.ANY.equals(on) ? null : on, query.get("key_id"), DevFields.instant(query, "since"));
        @Nullable Duration asked = DevFields.duration(query, "wait");
        Duration wait = asked == null ? Duration.ZERO : asked;
        if (wait.compareTo(MOST_WAIT) > 0) {
            throw ServiceException.invalid("wait", "must be at most 60s");
        }
        return log.await(filter, atLeast(query), wait).thenApply(found -> DevEndpoint.json(Map.of("data", found)));
    }

    private static int atLeast(FormBody query) {
        String text = query.get("at_least");
        if (text == null) {
            return 1;
        }
        if (!text.matches("\\d{1,6}")) {
            throw ServiceException.invalid("at_least", "must be a number");
        }
        return Integer.parseInt(text);
    }
}
