package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.TestService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final List<ServerSocketChannel> open = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() throws IOException {
        for (ServerSocketChannel channel : open) {
            channel.close();
        }
    }

    private static boolean hasIpv6Loopback() {
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(IPV6_LOOPBACK), 0));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void theDefaultHost_isBothLoopbacks_onOnePort(String address) throws IOException {
        assumeThat(address.equals("127.0.0.1") || hasIpv6Loopback()).isTrue();
        try (TestService service = TestService.start(folder);
                Socket socket = new Socket(address, service.port())) {
            assertThat(service.url()).isEqualTo("http://localhost:" + service.port());
            assertThat(service.issuer()).isEqualTo("http://localhost:" + service.port());
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void bind_aPortThatOneLoopbackHasTaken_isRefused_andLeavesTheOtherFree() throws IOException {
        assumeThat(hasIpv6Loopback()).isTrue();
        ServerSocketChannel taken =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByAddress(IPV6_LOOPBACK), 0));
        open.add(taken);
        int port = Listener.portOf(taken);

        assertThatThrownBy(() -> Listener.bind("localhost", port, ServeFlag.PORT))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("[::1]:" + port);

        open.addAll(Listener.bind("127.0.0.1", port, ServeFlag.PORT));
        assertThat(open).hasSize(2);
    }

    @Test
    void bind_aLiteralAddress_isThatOneAlone() {
        open.addAll(Listener.bind("127.0.0.1", 0, ServeFlag.PORT));

        assertThat(open).hasSize(1);
    }
}
