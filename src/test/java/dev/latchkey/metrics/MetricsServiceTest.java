package dev.latchkey.metrics;

import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code /metrics} of a running service. */
class MetricsServiceTest {
    private static final int SCRAPES = 100_000;
    private static final int STRANGERS = 10_000;
    private static final int BATCH = 100;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
    private static final String GRANT = "grant_type=client_credentials";

    private static final String API_REFUSED = "latchkey_http_requests_total{route=\"/api/keys/{id}\",status=\"401\"}";

    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.METRICS, "true"));

    private static NewAccessKey key;

    @BeforeAll
    static void makeKey() {
        key = service.key("fx");
    }

    @Test
    void get_answersInTheFormatThatIsAccepted() {
        HttpResponse<String> plain = service.get("/metrics");
        HttpResponse<String> openMetrics =
                service.send(service.request("/metrics").header("Accept", "application/openmetrics-text"));

        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(plain.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(plain.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(plain.body()).contains("# TYPE latchkey_token_requests_total counter");
        assertThat(openMetrics.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(openMetrics.body())
                .contains("# TYPE latchkey_token_requests counter")
                .endsWith("# EOF\n");
    }

    @Test
    void otherMethods_areNotThere() {
        HttpResponse<String> posted = service.send(service.request("/metrics").POST(BodyPublishers.ofString("x")));

        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void whatIsAnswered_isCounted() {
        String token = service.token(key, "").body().split("\"", 5)[3];
        service.token(key, "&scope=other");
        service.post("/connect/introspect", key, "token=" + token);
        service.verify(token, "?scope=other");
        service.get("/api/keys/some");
        service.get("/.well-known/oauth-protected-resource/some");

        for (String counted : List.of(
                "latchkey_token_requests_total{outcome=\"issued\"}",
                "latchkey_token_requests_total{outcome=\"invalid_scope\"}",
                "latchkey_token_request_seconds_count",
                "latchkey_introspections_total{active=\"true\"}",
                "latchkey_verifications_total{outcome=\"insufficient_scope\"}",
                "latchkey_http_requests_total{route=\"/connect/token\",status=\"200\"}",
                "latchkey_http_requests_total{route=\"/.well-known/oauth-protected-resource\",status=\"404\"}",
                API_REFUSED)) {
            awaitSeries(series -> value(series, counted) >= 1);
        }
    }

    @Test
    void strangers_addNoSeries() throws IOException {
        ask(0, 20);
        Set<String> before = awaitSeries(series -> value(series, API_REFUSED) >= 2);

        for (int i = 0; i < STRANGERS; i += BATCH) {
            ask(i, i + BATCH);
        }

        double all = STRANGERS / 10 + value(before, API_REFUSED);
        assertThat(names(awaitSeries(series -> value(series, API_REFUSED) >= all)))
                .isEqualTo(names(before));
    }

    /** Requests one after the other on one connection, at little cost for the client. */
    private static void ask(int from, int to) throws IOException {
        String requests =
                IntStream.range(from, to).mapToObj(MetricsServiceTest::request).collect(Collectors.joining());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
            List<String> statuses = new ArrayList<>();
            for (String line = in.readLine(); line != null && statuses.size() < to - from; line = in.readLine()) {
                STATUS.matcher(line).results().map(status -> status.group(1)).forEach(statuses::add);
            }
            assertThat(statuses).hasSize(to - from).allMatch(status -> status.compareTo("500") < 0);
        }
    }

    /** One of ten kinds in turn, with something that nothing else has. */
    private static String request(int i) {
        String odd = "odd-" + i;
        return switch (i % 10) {
            case 0 -> form("/connect/token", basic(odd, "wrong"), GRANT);
            case 1 -> form("/connect/token", credentials(), GRANT + "&scope=" + odd);
            case 2 -> form("/connect/token", credentials(), "grant_type=" + odd);
            case 3 -> form("/connect/token", credentials(), GRANT + "&resource=https://" + odd + ".example");
            case 4 -> get("/" + odd, "");
            case 5 -> get("/api/keys/" + odd, "");
            case 6 -> odd + get("/health/live", "").substring("GET".length());
            case 7 -> get("/dashboard/assets/" + odd + "/" + odd, "");
            case 8 -> get("/connect/verify/" + odd + "?scope=" + odd, "Authorization: Bearer " + odd + "\r\n");
            // All counts are written for each of these, which takes a while.
            default ->
                i % 100 == 9
                        ? get("/metrics?" + odd, "Accept: " + odd + "/" + odd + "\r\n")
                        : form("/connect/introspect", credentials(), "token=" + odd);
        };
    }

    private static String get(String target, String fields) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
    }

    private static String form(String path, String authorization, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + authorization
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static String credentials() {
        return basic(key.key().id(), key.secret().reveal());
    }

    /** What is scraped once that holds: a request is counted when it has ended, which its client need not wait for. */
    private static Set<String> awaitSeries(Predicate<Set<String>> holds) {
        Set<String> series = Set.of();
        for (int i = 0; i < SCRAPES; i++) {
            series = new TreeSet<>(service.get("/metrics").body().lines().toList());
            if (holds.test(series)) {
                return series;
            }
        }
        throw new AssertionError("never so: " + series);
    }

    private static double value(Set<String> series, String name) {
        return series.stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    private static Set<String> names(Set<String> series) {
        Set<String> names = new TreeSet<>();
        series.forEach(line -> names.add(line.substring(0, Math.max(0, line.lastIndexOf(' ')))));
        return names;
    }
}
