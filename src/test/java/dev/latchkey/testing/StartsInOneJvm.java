package dev.latchkey.testing;

import io.javalin.Javalin;
import java.util.Arrays;
import java.util.Locale;

/**
 * Starts one kind of server again and again in one JVM, and prints how many milliseconds the first start took and the median
 * of the others: {@code StartsInOneJvm latchkey|javalin}. The time of closing is not counted.
 */
public final class StartsInOneJvm {
    private static final int NEXT = 20;

    private StartsInOneJvm() {}

    public static void main(String[] args) throws Exception {
        boolean latchkey = args[0].equals("latchkey");
        double first = start(latchkey);
        double[] next = new double[NEXT];
        for (int i = 0; i < NEXT; i++) {
            next[i] = start(latchkey);
        }
        Arrays.sort(next);
        System.out.println(String.format(Locale.ROOT, "%.1f %.1f", first, (next[NEXT / 2 - 1] + next[NEXT / 2]) / 2));
    }

    private static double start(boolean latchkey) throws Exception {
        long begun = System.nanoTime();
        AutoCloseable started = latchkey ? TestServer.start(ServerSettings.STANDARD) : javalin();
        double millis = (System.nanoTime() - begun) / 1e6;
        started.close();
        return millis;
    }

    private static AutoCloseable javalin() {
        Javalin javalin = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/", ctx -> ctx.result("ok"));
                })
                .start("127.0.0.1", 0);
        return javalin::stop;
    }
}
