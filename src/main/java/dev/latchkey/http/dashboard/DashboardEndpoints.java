package dev.latchkey.http.dashboard;

import dev.latchkey.http.exchange.HttpRefusal;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /dashboard} and below: the page, and the files that it loads. Thread-safe. */
public final class DashboardEndpoints {
    /** What the page may do: load its own files, call its own service, and nothing else (CSP Level 3). */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    private static final String ONE_YEAR_SECONDS = "31536000";
    private static final String KEEP = "public, max-age=" + ONE_YEAR_SECONDS + ", immutable";
    private static final String ASK = "no-cache";

    private final boolean https;

    /** The dashboard of a service that people reach at this issuer. */
    public DashboardEndpoints(String issuer) {
        this.https = issuer.toLowerCase(Locale.ROOT).startsWith("https:");
    }

    /** The files, the same in every service: read and compressed when somebody first asks for one. */
    private static final class Files {
        static final String VERSION;
        static final StaticAnswer PAGE;
        static final Map<String, StaticAnswer> ASSETS;

        static {
            List<DashboardFile> files = DashboardFile.all();
            String everything = files.stream().map(DashboardFile::text).collect(Collectors.joining("\0"));
            VERSION = StaticAnswer.hash(everything.getBytes(StandardCharsets.UTF_8));
            ASSETS = files.stream()
                    .collect(Collectors.toUnmodifiableMap(
                            DashboardFile::name, file -> new StaticAnswer(file.name(), KEEP, file.text())));
            PAGE = new StaticAnswer("index.html", ASK, DashboardEndpoints.page("assets/" + VERSION));
        }
    }

    /** {@code GET /dashboard/}. */
    public void page(Context ctx) {
        headers(ctx);
        Files.PAGE.send(ctx);
    }

    /** {@code GET /dashboard/assets/{version}/{name}}: one of a fixed list of files. */
    public void asset(Context ctx) {
        headers(ctx);
        StaticAnswer asset = Files.ASSETS.get(ctx.pathParam("name"));
        if (asset == null || !ctx.pathParam("version").equals(Files.VERSION)) {
            throw new HttpRefusal(404, "There is nothing here.");
        }
        asset.send(ctx);
    }

    /** {@code GET /dashboard} and {@code GET /}. Relative, so that a path in front of the service stays. */
    public void redirect(Context ctx) {
        headers(ctx);
        ctx.status(302);
        ctx.header("Cache-Control", ASK);
        ctx.header("Location", "dashboard/");
    }

    private void headers(Context ctx) {
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("X-Frame-Options", "DENY");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        if (https) {
            ctx.header("Strict-Transport-Security", "max-age=" + ONE_YEAR_SECONDS);
        }
    }

    private static String page(String assets) {
        Function<String, String> preload = name -> "<link rel=\"modulepreload\" href=\"{assets}/" + name + "\">";
        String preloads = DashboardFile.firstView().stream().map(preload).collect(Collectors.joining("\n"));
        return DashboardFile.page().replace("{preloads}", preloads).replace("{assets}", assets);
    }
}
