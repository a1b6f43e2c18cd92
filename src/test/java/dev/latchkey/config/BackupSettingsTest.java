package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void backups_areDailyAndSeven_orAsTheEnvironmentSays() {
        assertThat(ServeSettings.read(Map.of(ServeFlag.BACKUP_DIR, folder.toString()), Map.of())
                        .backups())
                .isEqualTo(new BackupSettings(folder, Duration.ofHours(24), 7));
        Map<String, String> env = Map.of(
                "LATCHKEY_BACKUP_DIR", folder.toString(), "LATCHKEY_BACKUP_EVERY", "1h", "LATCHKEY_BACKUP_KEEP", "1");
        assertThat(ServeSettings.read(Map.of(), env).backups())
                .isEqualTo(new BackupSettings(folder, Duration.ofHours(1), 1));
    }

    @Test
    void backups_thatCannotBeMade_areWrongUsage() {
        refused(Map.of("LATCHKEY_DB", "jdbc:postgresql://h/d"), "LATCHKEY_BACKUP_DIR", "pg_dump");
        refused(Map.of("LATCHKEY_DB", "postgresql://h/d"), "LATCHKEY_BACKUP_DIR", "pg_dump");
        refused(Map.of("LATCHKEY_DB", ":memory:"), "LATCHKEY_BACKUP_DIR", "in memory");
        refused(Map.of("LATCHKEY_DEV", "true"), "LATCHKEY_BACKUP_DIR", "in memory");
        refused(Map.of("LATCHKEY_BACKUP_DIR", folder + "/none"), "LATCHKEY_BACKUP_DIR", "a folder that is there");
        refused(Map.of("LATCHKEY_BACKUP_EVERY", "59s"), "LATCHKEY_BACKUP_EVERY", "1m or more");
        refused(Map.of("LATCHKEY_BACKUP_KEEP", "0"), "LATCHKEY_BACKUP_KEEP", "1 or more");
        refused(Map.of("LATCHKEY_BACKUP_DIR", "", "LATCHKEY_BACKUP_KEEP", "3"), "LATCHKEY_BACKUP_KEEP", "--backup-dir");
    }

    private void refused(Map<String, String> more, String... parts) {
        Map<String, String> env = new HashMap<>(Map.of("LATCHKEY_BACKUP_DIR", folder.toString()));
        env.putAll(more);
        assertThatThrownBy(() -> ServeSettings.read(Map.of(), env)).hasMessageContainingAll(parts);
    }
}
