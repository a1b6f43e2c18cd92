package dev.latchkey.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedSpoolTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 262_143, 262_144, 262_145, 1_000_003})
    void whatIsWritten_isReadFromItsStart_asOftenAsNeedBe(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        try (EncryptedSpool spool = new EncryptedSpool()) {
            try (OutputStream out = spool.out()) {
                for (int i = 0; i < size; i += 7000) {
                    out.write(bytes, i, Math.min(7000, size - i));
                }
            }
            for (int i = 0; i < 2; i++) {
                try (InputStream in = spool.open()) {
                    assertThat(in.readNBytes(100)).isEqualTo(Arrays.copyOf(bytes, Math.min(size, 100)));
                }
                try (InputStream in = spool.open()) {
                    assertThat(in.readAllBytes()).isEqualTo(bytes);
                }
            }
        }
    }
}
