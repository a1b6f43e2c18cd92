package dev.latchkey.http.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What has to be so of every view in every look: readable by all, and never wider than the window. */
public final class Soundness {
    private static final String AXE = read("/axe.min.js");
    private static final List<String> GRAVE = List.of("serious", "critical");
    private static final List<String> COLOURS = List.of("color-contrast");

    private Soundness() {}

    /** The same, where a test is run in several looks: in the first alone. */
    public static void checkOnce(Browser browser, String name, Look look) {
        if (look == Look.DESK) {
            check(browser, name);
        }
    }

    /**
     * Looks at what is shown now, in every look: at colours in all of them, at all else in a light window and on a dark
     * phone, of which it keeps pictures under this name.
     */
    public static void check(Browser browser, String name) {
        for (Look look : Look.values()) {
            browser.show(look);
            boolean wholly = look == Look.DESK || look == Look.PHONE_DARK;
            assertThat(grave(browser, wholly)).as("%s, %s", name, look).isEmpty();
            assertThat(browser.value("document.documentElement.scrollWidth"))
                    .as("%s, %s", name, look)
                    .isEqualTo((long) look.width());
            if (wholly) {
                browser.picture(name + look.suffix());
            }
        }
        assertThat(browser.value(
                        "[...document.querySelectorAll('body :not(button, button *, summary, summary *, select *)')]"
                                + ".filter((element) => getComputedStyle(element).userSelect === 'none').length"))
                .as("%s: text that cannot be selected", name)
                .isEqualTo(0L);
        browser.show(Look.DESK);
    }

    /** What axe finds serious or critical. It is put into the page once for each load. */
    @SuppressWarnings("unchecked")
    private static List<String> grave(Browser browser, boolean wholly) {
        if (Boolean.FALSE.equals(browser.value("typeof window.axe === 'object'"))) {
            browser.driver().executeScript(AXE);
        }
        return (List<String>) browser.driver().executeAsyncScript("""
                        const [grave, rules, done] = arguments;
                        const only = rules.length === 0 ? {} : {runOnly: rules};
                        axe.run(document, {...only, resultTypes: ['violations']}).then(({violations}) => done(violations
                            .filter(({impact}) => grave.includes(impact))
                            .flatMap(({id, nodes}) => nodes.map((node) => id + ': ' + node.failureSummary + node.html))));
                        """, GRAVE, wholly ? List.of() : COLOURS);
    }

    private static String read(String resource) {
        try (InputStream in = AxeBuilder.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
