package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.digest.Sha256;
import dev.latchkey.harness.StderrCapture;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
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

    /** The name of a copy of the store in the folder of this test. */
    private String copy(String time) {
        byte[] place = folder.resolve("test.db").toString().getBytes(StandardCharsets.UTF_8);
        return "test-" + HexFormat.of().formatHex(Sha256.of(place), 0, 4) + "-" + time + ".db";
    }

    private static List<String> names(Path backups) throws IOException {
        try (Stream<Path> files = Files.list(backups)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void copies_areMadeWhenItIsTime_alsoAfterARestart_andOnlyTheOldestOfThemAreDeleted() throws IOException {
        Path backups = Files.createDirectory(folder.resolve("backups"));
        String leftOver = "." + copy("20260201T000000Z") + ".00000000-0000-0000-0000-000000000000.part";
        List<String> others = Stream.of(
                        "test.db", copy("20260001T000000Z"), copy("20250101"), "test-20260101T000000Z.db")
                .sorted()
                .toList();
        for (String other : others) {
            Files.createFile(backups.resolve(other));
        }
        Files.createFile(backups.resolve(leftOver));
        try (TestService service = start(backups)) {
            service.key("fx");
            service.keepUp();
            service.clock().advance(Duration.ofHours(12).minusSeconds(1));
            service.restart();
            service.keepUp();
            assertThat(names(backups)).contains(copy("20260301T120000Z")).hasSize(5);

            service.clock().advance(Duration.ofSeconds(1));
            service.keepUp();
            service.clock().advance(Duration.ofHours(13));
            service.keepUp();
        }
        List<String> left = new ArrayList<>(others);
        left.addAll(List.of(copy("20260302T000000Z"), copy("20260302T130000Z")));
        assertThat(names(backups)).containsExactlyInAnyOrderElementsOf(left);
        Path newest = backups.resolve(copy("20260302T130000Z"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(newest)))
                .isEqualTo("rw-------");
        try (TestService restored = TestService.startOn(newest.toString())) {
            assertThat(restored.services().accessKeys().list(Actor.operator("test")))
                    .hasSize(1);
        }
    }

    @Test
    void copies_ofTwoStoresOfOneName_mayLieInOneFolder() throws IOException {
        Path backups = Files.createDirectory(folder.resolve("backups"));
        Path place = Files.createDirectory(folder.resolve("other"));
        Map<ServeFlag, String> flags = Map.of(ServeFlag.BACKUP_DIR, backups.toString(), ServeFlag.BACKUP_KEEP, "1");
        try (TestService one = TestService.start(folder, flags);
                TestService other = TestService.start(place, flags)) {
            one.keepUp();
            other.keepUp();
        }
        assertThat(names(backups)).contains(copy("20260301T120000Z")).hasSize(2);
    }

    @Test
    void copies_ofAClockThatWasAhead_pushNoneOutThatIsMadeNow() throws IOException {
        Path backups = Files.createDirectory(folder.resolve("backups"));
        for (String ahead : List.of(copy("20300101T000000Z"), copy("20300102T000000Z"))) {
            Files.createFile(backups.resolve(ahead));
        }
        try (TestService service = start(backups)) {
            service.keepUp();
        }
        assertThat(names(backups)).contains(copy("20260301T120000Z")).hasSize(3);
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
