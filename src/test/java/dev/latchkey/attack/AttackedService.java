package dev.latchkey.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Answers;
import dev.latchkey.harness.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A service for all tests of a class, and another one after a test that ended it. After each test, when all attackers
 * have gone, the process must be alive, issue a token and have its memory back.
 */
final class AttackedService implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** A token that comes within this is prompt, on a machine that does much else. */
    static final Duration PROMPT = Duration.ofSeconds(5);

    /** Where the good client is, and no attacker. */
    private static final String ELSEWHERE = "127.0.0.250";

    /** What a service may have learnt from an attack: classes loaded, buffers kept. */
    private static final long SPARE_BYTES = 6L * 1024 * 1024;

    private final List<String> flags;
    private final Optional<TestCertificate> certificate;
    private final List<Attacker> clients = new ArrayList<>();
    private @Nullable PackagedService running;
    private Path folder = Path.of("");
    private long liveBytesBefore;

    private AttackedService(List<String> flags, Optional<TestCertificate> certificate) {
        this.flags = flags;
        this.certificate = certificate;
    }

    /** A service with these flags of {@code serve}. */
    static AttackedService with(String... flags) {
        return new AttackedService(List.of(flags), Optional.empty());
    }

    /** A service that answers over TLS alone. */
    static AttackedService withTls() {
        return new AttackedService(
                List.of("--tls-cert", "cert.pem", "--tls-key", "key.pem"), Optional.of(TestCertificate.create("RSA")));
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (running == null || !running.isAlive()) {
            end();
            folder = Files.createTempDirectory("attacked");
            certificate.ifPresent(own -> own.writeCertificate(folder.resolve("cert.pem")));
            certificate.ifPresent(own -> own.writeKey(folder.resolve("key.pem")));
            running = PackagedService.start(folder, flags);
            // What is loaded once is there before anything is measured.
            promptly(Requests.get("/openapi.json"));
            promptly(Requests.get("/api/keys", developer()));
            leave();
            liveBytesBefore = service().liveBytes();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        leave();
        awaitToken();
        assertMemoryIsBack();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        end();
    }

    private void end() throws IOException {
        if (running == null) {
            return;
        }
        running.close();
        running = null;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    PackagedService service() {
        return Objects.requireNonNull(running, "started");
    }

    /** An attacker at an address of this machine, such as 127.0.0.7, who leaves when the test ends. */
    Attacker attacker(String address) {
        Attacker attacker = Attacker.at(address, service().port());
        clients.add(attacker);
        return attacker;
    }

    /** A good client elsewhere. */
    Attacker client() {
        return attacker(ELSEWHERE);
    }

    private void leave() {
        clients.forEach(Attacker::close);
        clients.clear();
    }

    /** A good client asks for a token now, and gets it without waiting for long. */
    String token() {
        return token(Requests.CLIENT);
    }

    private String token(String id) {
        Answer answer = promptly(Requests.token(id));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (String) Answers.json(answer.body()).getOrDefault("access_token", "");
    }

    /** What a good client elsewhere is answered, without waiting for long. */
    Answer promptly(String request) {
        return answer(request).orElseThrow(() -> {
            service().assertIsAlive();
            return new AssertionError("no answer within " + PROMPT + " to " + request);
        });
    }

    /** Empty when there is no connection or no answer in time. */
    private Optional<Answer> answer(String request) {
        try {
            if (certificate.isPresent()) {
                try (TlsWire wire = openTls(ELSEWHERE)) {
                    wire.send(request);
                    return wire.answer();
                }
            }
            Wire wire = client().open();
            wire.send(request);
            return wire.answer(PROMPT);
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** A connection whose handshake is done, from an address of this machine. */
    TlsWire openTls(String from) {
        InetSocketAddress to = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), service().port());
        SSLContext context = certificate.orElseThrow().trust();
        return TlsWire.open(context, new InetSocketAddress(from, 0), to, PROMPT);
    }

    /** The header of one who may create keys and read them. */
    String developer() {
        return Requests.bearer(token(Requests.DEVELOPER));
    }

    /** The header of one who may do all. */
    String owner() {
        return Requests.bearer(token(Requests.OWNER));
    }

    /** What a good client is answered in the end. */
    Answer api(String request) {
        return client().ask(request);
    }

    /** Connections of attackers who have left end in their own time; then there must be a token. */
    private void awaitToken() {
        long startNanos = System.nanoTime();
        while (answer(Requests.token(Requests.CLIENT))
                .filter(answer -> answer.status() == 200)
                .isEmpty()) {
            service().assertIsAlive();
            assertThat(System.nanoTime() - startNanos)
                    .as("nanoseconds without a token")
                    .isLessThan(Wire.PATIENCE.toNanos());
        }
        leave();
    }

    private void assertMemoryIsBack() {
        long startNanos = System.nanoTime();
        long live = service().liveBytes();
        // Connections end in their own time, and each look is a full collection.
        while (live > liveBytesBefore + SPARE_BYTES && System.nanoTime() - startNanos < Wire.PATIENCE.toNanos()) {
            live = service().liveBytes();
        }
        assertThat(live)
                .as(
                        "live bytes, %d before: %s",
                        liveBytesBefore,
                        live <= liveBytesBefore + SPARE_BYTES
                                ? ""
                                : service().histogram().lines().limit(25).toList())
                .isLessThanOrEqualTo(liveBytesBefore + SPARE_BYTES);
        liveBytesBefore = live;
    }
}
