package dev.latchkey.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocaleDataTest {
    private static final String PROVIDERS = "java.locale.providers";

    private final @Nullable String before = System.getProperty(PROVIDERS);

    @AfterEach
    void restore() {
        set(before);
    }

    @Test
    void ofItself_theProcessReadsTheRootLocaleAlone() {
        set(null);

        LocaleData.install();

        assertThat(System.getProperty(PROVIDERS)).isEqualTo("SPI");
    }

    @Test
    void whatTheJvmWasStartedWith_holds() {
        set("CLDR");

        LocaleData.install();

        assertThat(System.getProperty(PROVIDERS)).isEqualTo("CLDR");
    }

    private static void set(@Nullable String providers) {
        if (providers == null) {
            System.clearProperty(PROVIDERS);
        } else {
            System.setProperty(PROVIDERS, providers);
        }
    }
}
