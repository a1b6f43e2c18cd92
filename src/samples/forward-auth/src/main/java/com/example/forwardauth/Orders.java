package com.example.forwardauth;

import io.javalin.Javalin;
import java.net.URI;

/** A service whose requests need a token with the scope {@code orders}. */
public final class Orders {
    private Orders() {}

    // region: service
    public static Javalin create(URI latchkey) {
        return Javalin.create(config -> {
            config.routes.before(new ForwardAuth(latchkey, "orders"));
            config.routes.get("/orders", context -> context.result("for " + context.attribute(ForwardAuth.CLIENT_ID)));
        });
    }
    // endregion

    public static void main(String[] args) {
        create(URI.create(System.getenv().getOrDefault("LATCHKEY_URL", "http://localhost:8080")))
                .start(3000);
    }
}
