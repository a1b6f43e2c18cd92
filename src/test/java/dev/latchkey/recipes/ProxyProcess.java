package dev.latchkey.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A proxy in a process of its own, which listens on a port of this machine and keeps its files in a folder. */
record ProxyProcess(Process process) implements AutoCloseable {
    private static final int TRIES = 100;

    /** Starts it, and returns when it listens. */
    static ProxyProcess start(Path folder, List<String> command, int port) throws Exception {
        Path output = folder.resolve("proxy.out");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(Map.of("XDG_DATA_HOME", folder.toString(), "XDG_CONFIG_HOME", folder.toString()));
        Process started = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        for (int i = 0; i < TRIES && !isListening(port); i++) {
            assertThat(started.waitFor(100, TimeUnit.MILLISECONDS))
                    .as(Files.readString(output))
                    .isFalse();
        }
        return new ProxyProcess(started);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
