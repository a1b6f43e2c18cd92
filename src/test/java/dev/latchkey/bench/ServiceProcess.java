package dev.latchkey.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** A service as a process of its own, started the way people start it. */
final class ServiceProcess implements AutoCloseable {
    private static final long LIMIT_NANOS = 60_000_000_000L;
    private static final int ANSWER_MILLIS = 10_000;
    private static final long POLL_MILLIS = 5;

    private final Process process;
    private final Path out;
    private final int port;
    private final double millisToFirstAnswer;

    private ServiceProcess(Process process, Path out, int port, double millisToFirstAnswer) {
        this.process = process;
        this.out = out;
        this.port = port;
        this.millisToFirstAnswer = millisToFirstAnswer;
    }

    /** Starts a command that takes {@code serve}'s flags, and asks for a token until there is one. */
    static ServiceProcess start(List<String> command, Store store) throws IOException {
        IntFunction<List<String>> withPort = port -> {
            List<String> words = new ArrayList<>(command);
            words.addAll(List.of(
                    "serve", "--port", String.valueOf(port), "--db", store.db().toString()));
            return words;
        };
        return start(withPort, Map.of(), store.db().resolveSibling("serve.log"), store.token());
    }

    /** Starts a server on a free port, and sends a request until that is answered with 200. */
    static ServiceProcess start(IntFunction<List<String>> command, Map<String, String> env, Path log, Request first)
            throws IOException {
        int port = freePort();
        Path out = log.resolveSibling(log.getFileName() + ".out");
        ProcessBuilder builder = new ProcessBuilder(command.apply(port))
                .redirectOutput(out.toFile())
                .redirectError(log.toFile());
        // What the one who measures has set for a service of their own is not for this one; flags for the JVM are.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("LATCHKEY_") && !name.equals("LATCHKEY_JAVA_OPTS"));
        builder.environment().putAll(env);
        long start = System.nanoTime();
        Process process = builder.start();
        while (!answers(port, first)) {
            if (!process.isAlive() || System.nanoTime() - start > LIMIT_NANOS) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException("no answer to " + first + ": " + Files.readString(log));
            }
            Tool.pause(POLL_MILLIS);
        }
        return new ServiceProcess(process, out, port, (System.nanoTime() - start) / 1e6);
    }

    /** Waits until Latchkey says that it is ready: a first start goes on after its first token. */
    void awaitReady() throws IOException {
        while (!Files.readString(out).contains(" is ready ")) {
            if (!process.isAlive()) {
                throw new IOException("ended before it was ready");
            }
            Tool.pause(POLL_MILLIS);
        }
    }

    double millisToFirstAnswer() {
        return millisToFirstAnswer;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Sends a request over and over, and counts what that costs here. */
    Load load(Request request, int connections, int seconds) throws IOException {
        double before = cpuMillis();
        Load load = Wrk.isInstalled()
                ? Wrk.run(url(), request, connections, seconds)
                : new LoadGenerator(port, request).run(connections, seconds);
        return load.withCpu(cpuMillis() - before);
    }

    /** Resident memory of the process and what it started. */
    double residentMiB() throws IOException {
        double kib = 0;
        for (ProcessHandle one : family().toList()) {
            String out = Tool.run(Map.of(), List.of("ps", "-o", "rss=", "-p", String.valueOf(one.pid())));
            kib += Double.parseDouble(out.trim());
        }
        return kib / 1024;
    }

    private double cpuMillis() {
        return family().mapToDouble(one ->
                        one.info().totalCpuDuration().map(Duration::toMillis).orElse(0L))
                .sum();
    }

    private Stream<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private static boolean answers(int port, Request request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(request.onTheWire().getBytes(StandardCharsets.ISO_8859_1));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            return String.valueOf(in.readLine()).contains(" 200 ");
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
