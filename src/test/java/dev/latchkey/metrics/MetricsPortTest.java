package dev.latchkey.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service whose metrics have a port of their own. */
class MetricsPortTest {
    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.METRICS_PORT, "0"));

    @Test
    void metrics_areOnTheirOwnPort_andNotOnTheMainOne() {
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body()).contains("latchkey_build_info{version=");
        assertThat(URI.create(service.metricsUrl()).getPort()).isNotEqualTo(service.port());
        assertThat(service.get("/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void theirPort_answersNothingElse() {
        for (String path : List.of("/", "/health/live", "/api/session", "/connect/verify", "/metrics/", "/a//b")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
        HttpResponse<String> posted = send(request("/connect/token").POST(HttpRequest.BodyPublishers.ofString("a=b")));

        assertThat(posted.statusCode()).isEqualTo(404);
        assertThat(posted.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(service.get("/metrics").statusCode()).isEqualTo(404);
        assertThat(get("/metrics").body()).doesNotContain("route=\"/connect/token\"");
    }

    @Test
    void aPortThatIsTaken_isNamedByItsFlag() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertThatThrownBy(() -> service.again(Map.of(ServeFlag.METRICS_PORT, port)))
                    .hasMessageContaining(port)
                    .hasMessageEndingWith("choose another --metrics-port.");
        }
    }

    private static HttpResponse<String> get(String path) {
        return send(request(path));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(service.metricsUrl()).resolve(path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return service.send(request);
    }
}
