package dev.latchkey.bench;

import io.javalin.Javalin;

/** A server that does nothing: what Javalin costs by itself. {@code BareJavalin PORT}. */
final class BareJavalin {
    private BareJavalin() {}

    public static void main(String[] args) {
        Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/", ctx -> ctx.result("ok"));
                })
                .start("127.0.0.1", Integer.parseInt(args[0]));
    }
}
