package dev.latchkey.http.dashboard;

import dev.latchkey.digest.Sha256;
import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.Document;
import dev.latchkey.http.exchange.HttpRefusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /dashboard} and below: the page, and the files that it loads. Thread-safe. */
public final class DashboardEndpoints {
    /** What the page may do: load its own files, call its own service, and nothing else (CSP Level 3). */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    private static final int HASH_BYTES = 12;
    private static final String ONE_YEAR_SECONDS = "31536000";
    private static final String CACHE_CONTROL = "Cache-Control";
    private static final Header KEEP = new Header(CACHE_CONTROL, "public, max-age=" + ONE_YEAR_SECONDS + ", immutable");
    private static final Header ASK = new Header(CACHE_CONTROL, "no-cache");
    private static final String ASSETS_PATH = "/dashboard/assets/";

    private final List<Header> headers;
    private final List<String> pages;
    private volatile @Nullable Document page;

    /**
     * The dashboard of a service that people reach at this issuer.
     *
     * @param pages names of the pages that it has beside those of every service
     */
    public DashboardEndpoints(String issuer, List<String> pages) {
        this.pages = List.copyOf(pages);
        List<Header> all = new ArrayList<>(List.of(
                new Header("Content-Security-Policy", POLICY),
                new Header("X-Frame-Options", "DENY"),
                new Header("Referrer-Policy", "no-referrer"),
                new Header("Cross-Origin-Resource-Policy", "same-origin")));
        if (issuer.toLowerCase(Locale.ROOT).startsWith("https:")) {
            all.add(new Header("Strict-Transport-Security", "max-age=" + ONE_YEAR_SECONDS));
        }
        this.headers = List.copyOf(all);
    }

    /** The files, the same in every service: read and compressed when one is first asked for. */
    private static final class Files {
        static final String VERSION;
        static final String PAGE;

        /** By what follows {@link #ASSETS_PATH}. */
        static final Map<String, Document> ASSETS;

        static {
            List<DashboardFile> files = DashboardFile.all();
            String everything = files.stream().map(DashboardFile::text).collect(Collectors.joining("\0"));
            VERSION = hash(everything.getBytes(StandardCharsets.UTF_8));
            ASSETS = files.stream()
                    .collect(Collectors.toUnmodifiableMap(
                            file -> VERSION + "/" + file.name(), file -> document(file.name(), file.text())));
            PAGE = DashboardEndpoints.pageWith("assets/" + VERSION);
        }
    }

    private Document page() {
        Document made = page;
        if (made == null) {
            String attribute = pages.isEmpty() ? "" : " data-pages=\"" + String.join(" ", pages) + "\"";
            made = document("index.html", Files.PAGE.replace("{pages}", attribute));
            page = made;
        }
        return made;
    }

    /** {@code GET /dashboard/}. */
    public CompletableFuture<Document> page(String path) {
        return CompletableFuture.completedFuture(page().with(headers(ASK)));
    }

    /** {@code GET /dashboard/assets/{version}/{name}}: one of a fixed list of files. */
    public CompletableFuture<Document> asset(String path) {
        Document asset = Files.ASSETS.get(path.substring(path.indexOf(ASSETS_PATH) + ASSETS_PATH.length()));
        if (asset == null) {
            throw new HttpRefusal(404, "There is nothing here.");
        }
        return CompletableFuture.completedFuture(asset.with(headers(KEEP)));
    }

    /** {@code GET /dashboard} and {@code GET /}. Relative, so that a path in front of the service stays. */
    public CompletableFuture<Document> redirect(String path) {
        List<Header> all = new ArrayList<>(headers(ASK));
        all.add(new Header("Location", "dashboard/"));
        return CompletableFuture.completedFuture(Document.empty(302, all));
    }

    private List<Header> headers(Header cacheControl) {
        List<Header> all = new ArrayList<>(headers);
        all.add(cacheControl);
        return all;
    }

    private static Document document(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Document.of(200, contentType(name), bytes).tagged(hash(bytes)).compressed();
    }

    /** The beginning of the SHA-256 of some bytes, in hexadecimal. */
    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes), 0, HASH_BYTES);
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html;charset=utf-8";
            case "css" -> "text/css;charset=utf-8";
            case "js" -> "text/javascript;charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("no content type for " + name);
        };
    }

    private static String pageWith(String assets) {
        Function<String, String> preload = name -> "<link rel=\"modulepreload\" href=\"{assets}/" + name + "\">";
        String preloads = DashboardFile.firstView().stream().map(preload).collect(Collectors.joining("\n"));
        return DashboardFile.page().replace("{preloads}", preloads).replace("{assets}", assets);
    }
}
