package dev.latchkey.http.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

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
