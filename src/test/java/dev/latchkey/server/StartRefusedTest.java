package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.error.ServiceException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that cannot start leaves its port to others. */
class StartRefusedTest {
    @TempDir
    Path folder;

    @Test
    void aStoreOfAnUnknownKind_isRefused() throws IOException {
        refused(Map.of(ServeFlag.DB, "jdbc:mysql://localhost/latchkey"), Map.of());
        refused(Map.of(ServeFlag.DB, folder.toString()), Map.of());
    }

    @Test
    void aFirstOwnersPasswordThatIsTooShort_isRefused() throws IOException {
        refused(Map.of(), Map.of(ServeSettings.OWNER_PASSWORD_VARIABLE, "short"));
    }

    @Test
    void aSeedThatIsNotThere_isRefused() throws IOException {
        refused(Map.of(ServeFlag.SEED, folder.resolve("missing.json").toString()), Map.of());
    }

    private void refused(Map<ServeFlag, String> flags, Map<String, String> env) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, here)) {
            port = free.getLocalPort();
        }
        Map<ServeFlag, String> all = new EnumMap<>(ServeFlag.class);
        all.put(ServeFlag.PORT, String.valueOf(port));
        all.put(ServeFlag.DB, folder.resolve("latchkey.db").toString());
        all.putAll(flags);

        assertThatThrownBy(() -> LatchkeyServer.start(
                        ServeSettings.read(all, env),
                        Clock.systemUTC(),
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                        () -> {}))
                .isInstanceOf(ServiceException.class);

        try (ServerSocket again = new ServerSocket(port, 1, here)) {
            assertThat(again.isBound()).isTrue();
        }
    }
}
