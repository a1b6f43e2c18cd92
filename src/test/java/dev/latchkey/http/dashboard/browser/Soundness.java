package dev.latchkey.http.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What has to be so of every view in every look: readable by all, and never wider than the window. */
public final class Soundness {
    private static final String AXE = read("/axe.min.js");
    private static final List<String> GRAVE = List.of("serious", "critical");

    /** Options of axe: which of its rules are asked. */
    private static final Map<String, Object> ALL = Map.of();

    private static final Map<String, Object> COLOURS = Map.of("runOnly", List.of("color-contrast"));
    private static final Map<String, Object> NOT_COLOURS =
            Map.of("rules", Map.of("color-contrast", Map.of("enabled", false)));

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
            assertThat(grave(browser, wholly ? ALL : COLOURS))
                    .as("%s, %s", name, look)
                    .isEmpty();
            isNotWider(browser, name, look);
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

    /** Looks at all but colours, where only the texts are others than those of a view that was {@link #check checked}. */
    public static void checkTexts(Browser browser, String name) {
        for (Look look : List.of(Look.DESK, Look.PHONE_DARK)) {
            browser.show(look);
            assertThat(grave(browser, NOT_COLOURS)).as("%s, %s", name, look).isEmpty();
            isNotWider(browser, name, look);
            browser.picture(name + look.suffix());
        }
        browser.show(Look.DESK);
    }

    private static void isNotWider(Browser browser, String name, Look look) {
        assertThat(browser.value("document.documentElement.scrollWidth"))
                .as("%s, %s", name, look)
                .isEqualTo((long) look.width());
    }

    /** What axe finds serious or critical. It is put into the page once for each load. */
    @SuppressWarnings("unchecked")
    private static List<String> grave(Browser browser, Map<String, Object> rules) {
        if (Boolean.FALSE.equals(browser.value("typeof window.axe === 'object'"))) {
            browser.driver().executeScript(AXE);
        }
        return (List<String>) browser.driver().executeAsyncScript("""
                        const [grave, rules, done] = arguments;
                        axe.run(document, {...rules, resultTypes: ['violations']}).then(({violations}) => done(violations
                            .filter(({impact}) => grave.includes(impact))
                            .flatMap(({id, nodes}) => nodes.map((node) => id + ': ' + node.failureSummary + node.html))));
                        """, GRAVE, rules);
    }

    private static String read(String resource) {
        try (InputStream in = AxeBuilder.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
