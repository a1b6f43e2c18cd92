package dev.latchkey.dev;

import dev.latchkey.dev.endpoint.DevEndpoint;
import dev.latchkey.dev.endpoint.DevEndpoint.Route;
import dev.latchkey.dev.faults.FaultEndpoints;
import dev.latchkey.dev.requests.RequestEndpoints;
import dev.latchkey.dev.tokens.TokenOrderReader;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.Fields;
import dev.latchkey.json.JsonBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The map of {@code /dev}: what each of its endpoints does with the stand-in's controls. */
final class DevRoutes {
    private DevRoutes() {}

    static List<Route> of(StandInControls controls) {
        List<Route> routes = new ArrayList<>();
        routes.add(new Route("POST", "/dev/reset", request -> {
            new Fields(request.body()).check();
            controls.reset();
            return CompletableFuture.completedFuture(Answer.none());
        }));
        routes.add(new Route(
                "POST",
                "/dev/tokens",
                request -> CompletableFuture.completedFuture(
                        json(controls.tokens().make(TokenOrderReader.read(request.body()))))));
        routes.add(new Route(
                "POST",
                "/dev/signing-keys",
                request -> controls.signingKeys().run(request.body()).thenApply(DevRoutes::json)));
        routes.addAll(new ClockEndpoints(controls.clock()).routes());
        routes.addAll(new FaultEndpoints(controls.faults()).routes());
        routes.addAll(new RequestEndpoints(controls.requests()).routes());
        routes.add(new Route("GET", "/dev/openapi.json", DevEndpoint.document("openapi.json")));
        return routes;
    }

    private static Answer json(Object answer) {
        return Answer.json(JsonBinding.bytes(answer));
    }
}
