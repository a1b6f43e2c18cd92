package dev.latchkey.http.oauth;

import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.Document;
import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.json.ObjectBytes;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Metadata of the resources that keys have as an audience (RFC 9728 §3): at the well-known path, behind which that of the
 * resource stands. Which resources there are is read from the store on a thread of its own, once in a few seconds at the
 * most. Thread-safe.
 */
public final class ProtectedResourceEndpoint implements DocumentEndpoint {
    /** What comes before the path of a resource (§3.1). */
    public static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    private static final long KEPT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final Header SHORTLY = new Header("Cache-Control", "public, max-age=60");

    /** No audience. */
    private static final String SEVERAL = "";

    private final String issuer;
    private final Supplier<List<String>> scopes;
    private final Supplier<Set<String>> audiences;
    private @Nullable CompletableFuture<Map<String, String>> read;
    private volatile long readAtNanos;

    /**
     * The resources that tokens of this issuer are for.
     *
     * @param scopes what {@code scopes_supported} says
     * @param audiences all that keys have; may wait for the store
     */
    public ProtectedResourceEndpoint(String issuer, Supplier<List<String>> scopes, Supplier<Set<String>> audiences) {
        this.issuer = issuer;
        this.scopes = scopes;
        this.audiences = audiences;
    }

    @Override
    public CompletableFuture<Document> document(String path) {
        return document(path, List.of(), "");
    }

    @Override
    public CompletableFuture<Document> document(String path, List<String> accept, String host) {
        String wanted = pathOf(path.substring(path.indexOf(WELL_KNOWN) + WELL_KNOWN.length()));
        String asked = wanted + ' ' + host.toLowerCase(Locale.ROOT);
        return known().thenApply(all -> Optional.ofNullable(all.get(asked))
                .or(() -> Optional.ofNullable(all.get(wanted)).filter(only -> !only.equals(SEVERAL)))
                .map(this::metadata)
                .orElseThrow(() -> new HttpRefusal(404, "No key has a resource here for its audience.")));
    }

    private synchronized CompletableFuture<Map<String, String>> known() {
        CompletableFuture<Map<String, String>> known = read;
        boolean failed = known != null && known.isCompletedExceptionally();
        if (known == null || failed || (known.isDone() && System.nanoTime() - readAtNanos > KEPT_NANOS)) {
            CompletableFuture<Map<String, String>> fresh = new CompletableFuture<>();
            Thread thread = new Thread(() -> read(fresh), "latchkey-resources");
            thread.setDaemon(true);
            thread.start();
            read = fresh;
            return fresh;
        }
        return known;
    }

    private void read(CompletableFuture<Map<String, String>> fresh) {
        try {
            Map<String, String> all = byPlace(audiences.get());
            // From its end on: a reading that takes longer than it is kept would begin anew with each question.
            readAtNanos = System.nanoTime();
            fresh.complete(all);
        } catch (RuntimeException | Error e) {
            // Requests wait for it, and the next one tries again.
            fresh.completeExceptionally(e);
        }
    }

    /** By path and host, and by the path alone: strangers ask, so that an answer must not cost more the more there are. */
    private static Map<String, String> byPlace(Set<String> audiences) {
        Map<String, String> all = new HashMap<>();
        for (String audience : new TreeSet<>(audiences)) {
            url(audience).ifPresent(url -> {
                String path = pathOf(url.getRawPath());
                hosts(url).forEach(host -> all.putIfAbsent(path + ' ' + host, audience));
                all.merge(path, audience, (first, second) -> SEVERAL);
            });
        }
        return all;
    }

    private Document metadata(String resource) {
        ObjectBytes json =
                new ObjectBytes(512).field("resource", resource).field("authorization_servers", List.of(issuer));
        if (!scopes.get().isEmpty()) {
            json.field("scopes_supported", scopes.get());
        }
        return Document.of(
                200,
                "application/json",
                json.field("bearer_methods_supported", List.of("header")).end(),
                SHORTLY);
    }

    /**
     * Where the metadata of a resource is (§3.1).
     *
     * @return empty when it is no absolute http(s) URL
     */
    static Optional<String> placeOf(String resource) {
        return url(resource)
                .map(url -> url.getScheme() + "://" + url.getRawAuthority() + WELL_KNOWN + pathOf(url.getRawPath())
                        + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()));
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            return Optional.of(url).filter(found -> web && found.getHost() != null && found.getRawUserInfo() == null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** As a {@code Host} may name it: the port that the scheme has anyway need not be there. */
    private static List<String> hosts(URI url) {
        int standard = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        int port = url.getPort() < 0 ? standard : url.getPort();
        String host = url.getHost().toLowerCase(Locale.ROOT);
        return port == standard ? List.of(host, host + ":" + port) : List.of(host + ":" + port);
    }

    private static String pathOf(String path) {
        return path.equals("/") ? "" : path;
    }
}
