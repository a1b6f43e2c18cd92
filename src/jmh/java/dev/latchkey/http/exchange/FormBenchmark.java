package dev.latchkey.http.exchange;

import dev.latchkey.client.ClientProof;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading what a client sends for a token. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FormBenchmark {
    private final byte[] body = "grant_type=client_credentials&scope=invoices%3Aread+invoices%3Awrite"
            .getBytes(StandardCharsets.US_ASCII);
    private final String header = "Basic "
            + Base64.getEncoder()
                    .encodeToString(("ack_abcdefghijklmnopqrstuvwxyz:acs_" + "s".repeat(49))
                            .getBytes(StandardCharsets.US_ASCII));

    @Benchmark
    public FormBody form() {
        return FormBody.parse(body, "");
    }

    @Benchmark
    public Optional<ClientProof.Credentials> credentials() {
        return BasicCredentials.parse(header);
    }
}
