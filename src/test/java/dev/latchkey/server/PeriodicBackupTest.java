package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.StderrCapture;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies that a service makes of its store. The service's clock says 2026-03-01T12:00:00Z at first. */
class PeriodicBackupTest {
    @TempDir
    private Path folder;

    private TestService start(Path backups) {
        return TestService.start(
                folder,
                Map.of(
                        ServeFlag.BACKUP_DIR,
                        backups.toString(),
                        ServeFlag.BACKUP_EVERY,
                        "12h",
                        ServeFlag.BACKUP_KEEP,
                        "2"));
    }

    private static List<String> names(Path backups) throws IOException {
        try (Stream<Path> files = Files.list(backups)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void copies_areMadeWhenItIsTime_alsoAfterARestart_andOnlyTheOldestOfThemAreDeleted() throws IOException {
        Path backups = Files.createDirectory(folder.resolve("backups"));
        String leftOver = ".latchkey-20260201T000000Z.db.00000000-0000-0000-0000-000000000000.part";
        for (String other : List.of("latchkey-20250101.db", "other-20260101T000000Z.db", leftOver)) {
            Files.createFile(backups.resolve(other));
        }
        try (TestService service = start(backups)) {
            service.key("fx");
            service.keepUp();
            service.clock().advance(Duration.ofHours(12).minusSeconds(1));
            service.restart();
            service.keepUp();
            assertThat(names(backups)).contains("latchkey-20260301T120000Z.db").hasSize(3);

            service.clock().advance(Duration.ofSeconds(1));
            service.keepUp();
            service.clock().advance(Duration.ofHours(13));
            service.keepUp();
        }
        assertThat(names(backups))
                .containsExactly(
                        "latchkey-20250101.db",
                        "latchkey-20260302T000000Z.db",
                        "latchkey-20260302T130000Z.db",
                        "other-20260101T000000Z.db");
        Path newest = backups.resolve("latchkey-20260302T130000Z.db");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(newest)))
                .isEqualTo("rw-------");
        try (TestService restored = TestService.startOn(newest.toString())) {
            assertThat(restored.services().accessKeys().list(Actor.operator("test")))
                    .hasSize(1);
        }
    }

    @Test
    void copies_ofAClockThatWasAhead_pushNoneOutThatIsMadeNow() throws IOException {
        Path backups = Files.createDirectory(folder.resolve("backups"));
        for (String ahead : List.of("latchkey-20300101T000000Z.db", "latchkey-20300102T000000Z.db")) {
            Files.createFile(backups.resolve(ahead));
        }
        try (TestService service = start(backups)) {
            service.keepUp();
        }
        assertThat(names(backups)).contains("latchkey-20260301T120000Z.db").hasSize(3);
    }

    @Test
    void copies_thatFail_areOneLineOfTheLog_untilTheyWorkAgain() throws Exception {
        Path backups = Files.createDirectory(folder.resolve("backups"));
        String said = StderrCapture.of(() -> {
            try (TestService service = start(backups)) {
                Files.delete(backups);
                for (int i = 0; i < 4; i++) {
                    service.clock().advance(Duration.ofMinutes(3));
                    service.keepUp();
                }
                assertThat(service.token(service.key("fx"), "").statusCode()).isEqualTo(200);
                Files.createDirectory(backups);
                service.clock().advance(Duration.ofMinutes(5));
                service.keepUp();
                assertThat(names(backups)).hasSize(1);
            }
        });
        assertThat(said).containsOnlyOnce("Backing up the store fails").containsOnlyOnce("cannot be read or written");
        assertThat(said).containsOnlyOnce("Backing up the store works again");
    }
}
