package dev.latchkey.dev;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.dev.endpoint.DevEndpoint;
import dev.latchkey.dev.endpoint.DevFields;
import dev.latchkey.dev.endpoint.DevRequest;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.Fields;
import dev.latchkey.json.JsonBinding;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code /dev/clock}: what time it is for the whole service. */
final class ClockEndpoints {
    private static final String PATH = "/dev/clock";

    private final DevClock clock;

    ClockEndpoints(DevClock clock) {
        this.clock = clock;
    }

    List<DevEndpoint.Route> routes() {
        return List.of(
                new DevEndpoint.Route("GET", PATH, request -> answer()),
                new DevEndpoint.Route("PUT", PATH, this::change),
                new DevEndpoint.Route("DELETE", PATH, request -> {
                    clock.reset();
                    return answer();
                }));
    }

    private CompletionStage<Answer> change(DevRequest request) {
        Fields fields = new Fields(request.body());
        Optional<Instant> now = DevFields.instant(fields, "now");
        Optional<Duration> advance = DevFields.duration(fields, "advance");
        Optional<Duration> skew = DevFields.signedDuration(fields, "skew");
        JsonNode freeze = fields.any("freeze");
        if (!freeze.isMissingNode() && !freeze.isBoolean()) {
            fields.wrong("freeze", "must be true or false");
        }
        if (skew.isPresent() && skew.get().abs().compareTo(DevClock.MOST_SKEW) > 0) {
            fields.wrong("skew", "must be at most 36500d, either way");
        }
        if (request.body().isEmpty()) {
            fields.wrong("body", "must have advance, now, freeze or skew");
        }
        fields.check();
        try {
            clock.change(
                    now.orElse(null),
                    advance.orElse(Duration.ZERO),
                    freeze.isBoolean() ? freeze.booleanValue() : null,
                    skew.orElse(null));
        } catch (DateTimeException | ArithmeticException e) {
            String field = now.isPresent() ? "now" : advance.isPresent() ? "advance" : "skew";
            throw ServiceException.invalid(field, "leads before 1970 or beyond 9998, here or in tokens (skew)");
        }
        return answer();
    }

    private CompletionStage<Answer> answer() {
        Shown shown = new Shown(clock.instant(), clock.isFrozen(), text(clock.skew()));
        return CompletableFuture.completedFuture(Answer.json(JsonBinding.bytes(shown)));
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toString();
    }

    private record Shown(Instant now, boolean frozen, String skew) {}
}
