package dev.latchkey.dev.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.dev.endpoint.DevEndpoint;
import dev.latchkey.dev.endpoint.DevFields;
import dev.latchkey.dev.profile.EndpointKind;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.Fields;
import dev.latchkey.json.JsonBinding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /dev/faults}: how the next requests are to fail or wait. */
public final class FaultEndpoints {
    private static final String PATH = "/dev/faults";
    private static final String ALWAYS = "always";

    private FaultEndpoints() {}

    public static Stream<DevEndpoint> of(Faults faults) {
        return Stream.of(
                DevEndpoint.of("GET", PATH, call -> {
                    List<ObjectNode> left =
                            faults.left().stream().map(FaultEndpoints::shown).toList();
                    return DevEndpoint.json(Map.of("data", left));
                }),
                DevEndpoint.of("POST", PATH, call -> {
                    Fault fault = read(new Fields(call.body()));
                    faults.add(fault);
                    return Answer.json(201, JsonBinding.bytes(shown(fault)));
                }),
                DevEndpoint.of("DELETE", PATH, call -> {
                    faults.clear();
                    return Answer.none();
                }));
    }

    private static Fault read(Fields fields) {
        String on = fields.optionalText("on").orElse(EndpointKind.TOKEN.publicName());
        Optional<EndpointKind> kind = DevFields.kind(on);
        if (kind.isEmpty() && !on.equals(DevFields.ANY)) {
            fields.wrong("on", DevFields.ON_RULE);
        }
        Fault.Hits hits = new Fault.Hits(
                kind.orElse(null),
                fields.optionalText("key_id").orElse(null),
                DevFields.number(fields, "after", Fault.AFTER).orElse(0),
                times(fields));
        Fault.Effect effect = new Fault.Effect(
                DevFields.number(fields, "status", Fault.STATUS).orElse(null),
                fields.optionalText("error").orElse(null),
                DevFields.number(fields, "retry_after", Fault.RETRY_AFTER).orElse(null),
                DevFields.duration(fields, "delay").orElse(Duration.ZERO),
                fields.optionalText("body").orElse(null),
                fields.optionalText("content_type").orElse(null),
                fields.choice("connection", Fault.Ending::of, "must be reset, hang, truncate or empty")
                        .orElse(null));
        Fault fault = new Fault(hits, effect);
        fault.problems().forEach(problem -> fields.wrong(problem.field(), problem.message()));
        fields.check();
        return fault;
    }

    private static int times(Fields fields) {
        JsonNode value = fields.any("times");
        if (value.isTextual() && value.textValue().equals(ALWAYS)) {
            return Fault.ALWAYS;
        }
        if (value.isTextual()) {
            fields.wrong("times", "must be a number or \"always\"");
            return 1;
        }
        return DevFields.number(fields, "times", Fault.TIMES).orElse(1);
    }

    /** A fault as it is told, in the words in which it was asked for. */
    private static ObjectNode shown(Fault fault) {
        Fault.Hits hits = fault.hits();
        Fault.Effect effect = fault.effect();
        EndpointKind kind = hits.on();
        Fault.Ending ending = effect.connection();
        ObjectNode shown = JsonBinding.object();
        shown.put("on", kind == null ? DevFields.ANY : kind.publicName());
        shown.set("times", JsonBinding.tree(hits.times() == Fault.ALWAYS ? ALWAYS : hits.times()));
        return shown.put("after", hits.after())
                .put("status", effect.status())
                .put("error", effect.error())
                .put("retry_after", effect.retryAfterSeconds())
                .put("delay", effect.delay().isZero() ? null : effect.delay().toString())
                .put("body", effect.body())
                .put("content_type", effect.contentType())
                .put("connection", ending == null ? null : ending.publicName())
                .put("key_id", hits.keyId());
    }
}
