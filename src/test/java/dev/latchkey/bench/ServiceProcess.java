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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The service as a process of its own, started the way people start it. */
final class ServiceProcess implements AutoCloseable {
    private static final long LIMIT_NANOS = 60_000_000_000L;
    private static final long POLL_MILLIS = 5;

    private final Process process;
    private final int port;
    private final double millisToFirstToken;

    private ServiceProcess(Process process, int port, double millisToFirstToken) {
        this.process = process;
        this.port = port;
        this.millisToFirstToken = millisToFirstToken;
    }

    /** Starts a command that takes {@code serve}'s flags, and asks for a token until there is one. */
    static ServiceProcess start(List<String> command, Path db, Request firstToken) throws IOException {
        int port = freePort();
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("serve", "--port", String.valueOf(port), "--db", db.toString()));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(db.resolveSibling("serve.log").toFile())
                .start();
        while (!answers(port, firstToken)) {
            if (!process.isAlive() || System.nanoTime() - start > LIMIT_NANOS) {
                process.destroyForcibly();
                throw new IOException("no token: " + Files.readString(db.resolveSibling("serve.log")));
            }
            pause();
        }
        return new ServiceProcess(process, port, (System.nanoTime() - start) / 1e6);
    }

    double millisToFirstToken() {
        return millisToFirstToken;
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Resident memory of the process and what it started, in MiB. */
    long residentMiB() throws IOException {
        long kib = kib(process.pid());
        for (ProcessHandle child : process.descendants().toList()) {
            kib += kib(child.pid());
        }
        return kib / 1024;
    }

    private static long kib(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }

    private static boolean answers(int port, Request request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
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

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
