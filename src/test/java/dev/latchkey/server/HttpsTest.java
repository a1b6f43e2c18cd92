package dev.latchkey.server;

import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestCertificate;
import dev.latchkey.harness.TestService;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service behind its own certificate. */
class HttpsTest {
    private static final byte ALERT = 0x15;
    private static final byte FATAL = 2;
    private static final byte PROTOCOL_VERSION = 70;

    private final TestCertificate certificate = TestCertificate.create("EC");

    @TempDir
    Path folder;

    private Path certificateFile;
    private Path keyFile;

    @AutoClose
    private TestService service;

    @BeforeEach
    void start() {
        certificateFile = folder.resolve("cert.pem");
        keyFile = folder.resolve("key.pem");
        certificate.writeCertificate(certificateFile);
        certificate.writeKey(keyFile);
        service = TestService.start(
                folder, Map.of(ServeFlag.TLS_CERT, certificateFile.toString(), ServeFlag.TLS_KEY, keyFile.toString()));
    }

    @Test
    void issuerAndUrls_areHttps() throws Exception {
        assertThat(service.issuer()).isEqualTo("https://localhost:" + service.port());
        assertThat(service.url()).isEqualTo("https://localhost:" + service.port());
        HttpResponse<String> metadata =
                get(client(certificate), service.issuer() + "/.well-known/oauth-authorization-server");
        assertThat(json(metadata).get("token_endpoint")).isEqualTo(service.issuer() + "/connect/token");
    }

    @Test
    void token_isIssued() throws Exception {
        NewAccessKey key = service.key("fx");
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.issuer() + "/connect/token"))
                .header(
                        "Authorization",
                        TestService.basic(key.key().id(), key.secret().reveal()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();

        HttpResponse<String> answer = client(certificate).send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("token_type")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void protocol_isSpoken(String protocol) throws IOException {
        try (SSLSocket socket = connect(certificate)) {
            socket.setEnabledProtocols(new String[] {protocol});
            assertThat(ask(socket)).startsWith("HTTP/1.1 200");
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"})
    void suitesOfTls12_withForwardSecrecyAndAuthentication_areSpoken(String suite) throws IOException {
        TestCertificate rsa = showRsa();
        try (SSLSocket socket = connect(rsa)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {suite});
            assertThat(ask(socket)).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"
            })
    void suitesOfFiniteFields_orOfCbc_areRefused(String suite) throws IOException {
        TestCertificate rsa = showRsa();
        try (SSLSocket socket = connect(rsa)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {suite});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    private TestCertificate showRsa() {
        TestCertificate rsa = TestCertificate.create("RSA");
        rsa.writeKey(keyFile);
        rsa.writeCertificate(certificateFile);
        service.keepUp();
        return rsa;
    }

    /** A hello made by hand, for the platform's own client refuses to say it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void tls10And11_areRefused(int minor) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream().write(hello(minor));
            byte[] answer = socket.getInputStream().readNBytes(7);

            assertThat(answer).hasSize(7).startsWith(ALERT);
            assertThat(answer[5]).isEqualTo(FATAL);
            assertThat(answer[6]).isEqualTo(PROTOCOL_VERSION);
        }
    }

    @Test
    void plainHttp_isToldThatThisIsAnHttpsPort() throws Exception {
        for (String method : List.of("GET", "POST", "HEAD")) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + service.port() + "/connect/token"))
                    .method(method, method.equals("POST") ? BodyPublishers.ofString("a=b") : BodyPublishers.noBody())
                    .build();

            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
            if (!method.equals("HEAD")) {
                assertThat(String.valueOf(json(answer).get("error_description")))
                        .contains("HTTPS port", "https://");
            }
        }
    }

    /** Not one byte more is taken from a client that sends something else than TLS. */
    @Test
    void plainHttp_isAnsweredOnce_andTheConnectionEnds() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answer).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1");
        }
    }

    @Test
    void renewedFiles_areShownOnNewConnections_andOpenOnesGoOn() throws Exception {
        TestCertificate fresh = TestCertificate.create("RSA");
        try (SSLSocket open = connect(certificate)) {
            assertThat(ask(open)).startsWith("HTTP/1.1 200");

            fresh.writeCertificate(certificateFile);
            service.keepUp();
            assertThat(get(client(certificate), liveness()).statusCode()).isEqualTo(200);
            fresh.writeKey(keyFile);
            service.keepUp();

            assertThat(get(client(fresh), liveness()).statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> get(client(certificate), liveness())).isInstanceOf(SSLHandshakeException.class);
            assertThat(ask(open)).startsWith("HTTP/1.1 200");
        }
    }

    private String liveness() {
        return service.issuer() + "/health/live";
    }

    private SSLSocket connect(TestCertificate trusted) throws IOException {
        return (SSLSocket) trusted.trust().getSocketFactory().createSocket("127.0.0.1", service.port());
    }

    /** The status line of the answer to a request that leaves the connection open. */
    private static String ask(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /health/live HTTP/1.1\r\nHost: any.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("}")) {
            answer.append((char) socket.getInputStream().read());
        }
        return answer.toString();
    }

    private static HttpClient client(TestCertificate trusted) {
        return HttpClient.newBuilder().sslContext(trusted.trust()).build();
    }

    private static HttpResponse<String> get(HttpClient client, String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }

    /** RFC 4346 §7.4.1.2: a hello for TLS 1.{@code minor - 1}, with cipher suites of that time. */
    private static byte[] hello(int minor) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeByte(3);
        out.writeByte(minor);
        out.write(new byte[32]);
        out.writeByte(0);
        int[] suites = {0xC009, 0xC00A, 0xC013, 0xC014, 0x002F};
        out.writeShort(2 * suites.length);
        for (int suite : suites) {
            out.writeShort(suite);
        }
        out.writeShort(0x0100);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream record = new DataOutputStream(whole);
        record.writeByte(0x16);
        record.writeByte(3);
        record.writeByte(1);
        record.writeShort(body.size() + 4);
        record.writeByte(1);
        record.writeByte(0);
        record.writeShort(body.size());
        record.write(body.toByteArray());
        return whole.toByteArray();
    }
}
