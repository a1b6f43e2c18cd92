package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HousekeepingTest {
    private static final Actor OWNER = Actor.operator("test");

    @TempDir
    Path folder;

    @Test
    void uses_areWrittenDown_whenTheServiceStops() {
        NewAccessKey key;
        NewAccessKey rotated;
        Instant first;
        Instant last;
        TestService service = TestService.start(folder);
        try (service) {
            key = service.key("fx");
            rotated = service.services().accessKeys().rotate(OWNER, key.key().id(), Duration.ofHours(1));
            first = service.clock().instant();
            accessToken(service.token(key, ""));
            service.clock().advance(Duration.ofSeconds(90));
            last = service.clock().instant();
            accessToken(service.token(rotated, ""));
            assertThat(find(service, key).lastUsedAt()).isNull();
        }

        try (TestService again = service.again()) {
            AccessKey used = find(again, key);
            assertThat(used.lastUsedAt()).isEqualTo(last);
            assertThat(used.secrets()).extracting(StoredSecret::lastUsedAt).containsExactly(first, last);
            assertThat(used.revision()).isEqualTo(rotated.key().revision());
        }
    }

    @Test
    void uses_areWrittenDown_whileTheServiceRuns() {
        try (TestService service = TestService.start(folder, Map.of(), Duration.ofMillis(10))) {
            NewAccessKey key = service.key("fx");
            accessToken(service.token(key, ""));
            until(() -> find(service, key).lastUsedAt() != null);

            service.clock().advance(Duration.ofSeconds(5));
            accessToken(service.token(key, ""));
            Instant now = service.clock().instant();
            until(() -> now.equals(find(service, key).lastUsedAt()));
        }
    }

    @Test
    void aRefusedRequest_isNoUse() {
        TestService service = TestService.start(folder);
        NewAccessKey key;
        try (service) {
            key = service.key("fx");
            service.token(key, "&scope=vault");
            service.token(TestService.basic(key.key().id(), "wrong"), "grant_type=client_credentials");
        }

        try (TestService again = service.again()) {
            assertThat(find(again, key).lastUsedAt()).isNull();
        }
    }

    @Test
    void auditEvents_olderThanTheRetention_goAtTheNextStart() {
        TestService service = TestService.start(folder, Map.of(ServeFlag.AUDIT_RETENTION, "2d"));
        try (service) {
            service.key("fx");
            service.clock().advance(Duration.ofDays(400));
            service.key("vault");
        }
        Instant kept = service.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        service.clock().advance(Duration.ofSeconds(1));

        try (TestService again = service.again()) {
            until(() -> events(again) == 2);
            assertThat(again.services()
                            .audit()
                            .page(OWNER, new AuditQuery(100, null, AuditQuery.Filter.NONE))
                            .entries())
                    .allSatisfy(entry -> assertThat(entry.event().at()).isEqualTo(kept));
        }
    }

    private static int events(TestService service) {
        return service.services()
                .audit()
                .page(OWNER, new AuditQuery(100, null, AuditQuery.Filter.NONE))
                .entries()
                .size();
    }

    private static AccessKey find(TestService service, NewAccessKey key) {
        return service.services().accessKeys().get(OWNER, key.key().id());
    }

    /** Returns when it holds; the test's time limit bounds the wait. */
    private static void until(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            assertThat(Thread.interrupted()).as("out of time").isFalse();
            Thread.onSpinWait();
        }
    }
}
