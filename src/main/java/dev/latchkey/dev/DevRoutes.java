package dev.latchkey.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.dev.endpoint.DevEndpoint;
import dev.latchkey.dev.endpoint.DevFields;
import dev.latchkey.dev.faults.FaultEndpoints;
import dev.latchkey.dev.requests.RequestEndpoints;
import dev.latchkey.dev.tokens.TokenOrderReader;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The map of {@code /dev}: what each of its endpoints does with the stand-in's controls. */
final class DevRoutes {
    private DevRoutes() {}

    static List<DevEndpoint> of(StandInControls controls) {
        DevClock clock = controls.clock();
        Stream<DevEndpoint> here = Stream.of(
                DevEndpoint.of("POST", "/dev/reset", call -> {
                    new Fields(call.body()).check();
                    controls.reset();
                    return Answer.none();
                }),
                DevEndpoint.of(
                        "POST",
                        "/dev/tokens",
                        call -> DevEndpoint.json(controls.tokens().make(TokenOrderReader.read(call.body())))),
                new DevEndpoint(
                        "POST",
                        "/dev/signing-keys",
                        call -> controls.signingKeys().run(call.body()).thenApply(DevEndpoint::json)),
                DevEndpoint.of("GET", "/dev/clock", call -> shown(clock)),
                DevEndpoint.of("PUT", "/dev/clock", call -> {
                    change(clock, call.body());
                    return shown(clock);
                }),
                DevEndpoint.of("DELETE", "/dev/clock", call -> {
                    clock.reset();
                    return shown(clock);
                }));
        return Stream.of(
                        here,
                        FaultEndpoints.of(controls.faults()),
                        RequestEndpoints.of(controls.requests()),
                        Stream.of(DevEndpoint.of("GET", "/dev/openapi.json", call -> openApi())))
                .flatMap(endpoints -> endpoints)
                .toList();
    }

    private record Shown(Instant now, boolean frozen, String skew) {}

    private static Answer shown(DevClock clock) {
        Duration skew = clock.skew();
        String text = skew.toMillis() % 1000 == 0 ? skew.toSeconds() + "s" : skew.toString();
        return DevEndpoint.json(new Shown(clock.instant(), clock.isFrozen(), text));
    }

    private static void change(DevClock clock, ObjectNode body) {
        Fields fields = new Fields(body);
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
        if (body.isEmpty()) {
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
    }

    /** The description of these endpoints, which lies beside the class that they are. */
    private static Answer openApi() {
        try (InputStream in = Objects.requireNonNull(DevEndpoint.class.getResourceAsStream("openapi.json"))) {
            return Answer.json(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.json", e);
        }
    }
}
