package dev.latchkey.http.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.openqa.selenium.WebElement;

/** Where the keyboard is. */
public record Focus(Browser browser) {
    private static final int MOST_STOPS = 60;

    public WebElement element() {
        return browser.driver().switchTo().activeElement();
    }

    /** Presses the tab key until what matches this selector has the focus. */
    public WebElement tabTo(String selector) {
        for (int presses = 0; presses < MOST_STOPS && !isIn(selector); presses++) {
            browser.hands().tab();
        }
        assertThat(isIn(selector)).as("the tab key leads to %s", selector).isTrue();
        return element();
    }

    /**
     * Presses the tab key from the top of the page, or of the dialog that is open, until it has come to every control. Each
     * stop is another one, in the window, not covered, and shows by an outline that it has the focus.
     */
    @SuppressWarnings("unchecked")
    public void goesThroughThePage() {
        browser.driver().executeScript("""
                const place = document.querySelector('dialog[open]') ?? document;
                const controls = [...place.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
                const chosen = ({name}) => document.querySelector(`input[name="${name}"]:checked`);
                const left = new Set(controls.filter((control) => control.checkVisibility()
                    && (control.type !== 'radio' || [null, control].includes(chosen(control)))));
                const faults = [];
                let before = null;
                const look = () => {
                    const stop = document.activeElement;
                    const fault = (text) => faults.push(`${stop.outerHTML.slice(0, 200)} ${text}`);
                    if (stop !== document.body) {
                        const {outlineStyle, outlineWidth} = getComputedStyle(stop);
                        const box = stop.getClientRects()[0] ?? new DOMRect();
                        const seen = document.elementFromPoint(
                            (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2,
                            (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2);
                        if (stop === before) {
                            fault('holds the focus');
                        }
                        if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) {
                            fault('is not marked');
                        }
                        if (seen === null || !(stop.contains(seen) || seen.contains(stop))) {
                            fault(`is covered by ${seen?.outerHTML}`);
                        }
                        left.delete(stop);
                    }
                    before = stop;
                };
                document.addEventListener('keyup', look);
                window.stopsLeft = () => [...left].filter((control) => control.isConnected);
                window.endOfTour = () => {
                    document.removeEventListener('keyup', look);
                    return [...faults, ...window.stopsLeft().map((control) => `${control.outerHTML} is not come to`)];
                };
                controls[0].focus();
                """);
        for (long more = stopsLeft(), most = 2 * more; more > 0 && most > 0; more = stopsLeft()) {
            for (long press = 0; press < more; press++, most--) {
                browser.hands().tab();
            }
        }
        assertThat((List<String>) browser.value("window.endOfTour()")).isEmpty();
    }

    private long stopsLeft() {
        return (Long) browser.value("window.stopsLeft().length");
    }

    /** Waits until what matches this selector has the focus. */
    public void comesTo(String selector) {
        browser.waiting()
                .withMessage(() -> "the focus is at " + element().getTagName() + " "
                        + element().getText())
                .until(driver -> isIn(selector));
    }

    private boolean isIn(String selector) {
        return Boolean.TRUE.equals(
                browser.driver().executeScript("return document.activeElement.matches(arguments[0])", selector));
    }
}
