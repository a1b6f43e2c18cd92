package dev.latchkey.bench;

import java.io.IOException;
import java.util.Map;

/** What resource servers and proxies ask about each request of theirs, beside a handler that does nothing. */
final class Online implements Row {
    private static final int CONNECTIONS = 16;

    private final Setup setup;

    Online(Setup setup) {
        this.setup = setup;
    }

    @Override
    public void measure() throws IOException {
        Settings settings = setup.settings();
        Store store = setup.newStore("online");
        Request nothing = Request.get("/", "none");
        Runs bare = new Runs();
        Runs verify = new Runs();
        Runs introspect = new Runs();
        try (ServiceProcess javalin = bareJavalin(nothing);
                ServiceProcess service = setup.start(store)) {
            String token = store.accessToken(service);
            Request verification = Request.get("/connect/verify", token);
            Request introspection = Request.introspection(store.token(), token);
            setup.warm(javalin, nothing, CONNECTIONS);
            setup.warm(service, verification, CONNECTIONS);
            setup.warm(service, introspection, CONNECTIONS);
            for (int i = 0; i < settings.otherRuns(); i++) {
                bare.add(javalin.load(nothing, CONNECTIONS, settings.seconds()));
                verify.add(service.load(verification, CONNECTIONS, settings.seconds()));
                introspect.add(service.load(introspection, CONNECTIONS, settings.seconds()));
            }
        }
        setup.table().part("Asked about a token, " + CONNECTIONS + " connections", "a second", "of Javalin");
        print("a bare Javalin handler", bare, Spread.none(), "");
        print(
                "GET /connect/verify, one token",
                verify,
                verify.over(bare, Load::perSecond),
                ">= 20,000 a second or 0.75");
        print(
                "POST /connect/introspect, one token",
                introspect,
                introspect.over(bare, Load::perSecond),
                ">= 8,000 a second or 0.5");
    }

    private void print(String name, Runs runs, Spread ratio, String goal) {
        setup.table().row(name, runs.spread(Load::perSecond), ratio, goal, runs);
    }

    private ServiceProcess bareJavalin(Request first) throws IOException {
        return ServiceProcess.start(
                port -> setup.programs().beside(BareJavalin.class, String.valueOf(port)),
                Map.of(),
                setup.folder().resolve("javalin.log"),
                first);
    }
}
