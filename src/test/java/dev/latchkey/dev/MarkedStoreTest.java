package dev.latchkey.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.TestService;
import dev.latchkey.server.LatchkeyServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store belongs to a stand-in or to a service, and neither takes the other's. */
class MarkedStoreTest {
    @TempDir
    Path folder;

    private LatchkeyServer serve(String db) {
        Map<ServeFlag, String> flags = Map.of(ServeFlag.PORT, "0", ServeFlag.DB, db);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return LatchkeyServer.start(ServeSettings.read(flags, Map.of()), Clock.systemUTC(), nowhere, () -> {});
    }

    private static void assertRefused(Runnable start, String... messages) {
        assertThatThrownBy(start::run)
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.MISCONFIGURED))
                .hasMessageContainingAll(messages);
    }

    @Test
    void storeOfAStandIn_isKept_andRefusedToAService() {
        String db = folder.resolve("dev.db").toString();
        for (int i = 0; i < 2; i++) {
            try (TestStandIn standIn = TestStandIn.start(Map.of(ServeFlag.DB, db))) {
                assertThat(standIn.token("&scope=x").statusCode()).isEqualTo(200);
            }
        }
        assertRefused(() -> serve(db).close(), db, "was made by serve --dev", "name another store with --db");
    }

    @Test
    void storeOfAStandIn_startedWithAnotherSecretOfItsKey_takesThatOne() {
        String db = folder.resolve("secret.db").toString();
        TestStandIn.start(Map.of(ServeFlag.DB, db)).close();
        try (TestStandIn standIn =
                TestStandIn.start(Map.of(ServeFlag.DB, db), Map.of("LATCHKEY_DEV_KEY_SECRET", "another"))) {
            assertThat(standIn.token("dev", "another", "").statusCode()).isEqualTo(200);
            assertThat(standIn.token("").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void storeOfAService_isRefusedToAStandIn_andStaysAsItWas() throws Exception {
        try (TestService service = TestService.start(folder)) {
            service.key("fx");
        }
        Path db = folder.resolve("test.db");
        byte[] before = Files.readAllBytes(db);

        assertRefused(
                () -> TestStandIn.start(Map.of(ServeFlag.DB, db.toString())).close(),
                "leave --db out to keep nothing, or name a new file");
        assertThat(db).hasBinaryContent(before);
        serve(db.toString()).close();
    }

    @Test
    void storeInMemory_leavesNothing_andIsApart() throws Exception {
        try (TestStandIn one = TestStandIn.start();
                TestStandIn other = TestStandIn.start()) {
            String owner = one.form("/connect/token", "dev", "dev-secret", "grant_type=client_credentials&scope=fx")
                    .body();
            assertThat(owner).contains("access_token");
            assertThat(one.get("/.well-known/jwks.json").body())
                    .isNotEqualTo(other.get("/.well-known/jwks.json").body());
        }
        try (Stream<Path> left = Files.list(Path.of(""))) {
            assertThat(left.map(Path::toString)).noneMatch(name -> name.contains("memory"));
        }
    }

    @Test
    void serviceInMemory_isAServiceAsEveryOther() {
        try (LatchkeyServer server = serve(":memory:")) {
            assertThat(server.store()).isEqualTo(":memory:");
        }
    }
}
