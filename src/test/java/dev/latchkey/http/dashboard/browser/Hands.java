package dev.latchkey.http.dashboard.browser;

import java.util.List;
import java.util.Map;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The keyboard and the mouse, with nothing of the driver's own waiting in between. */
public record Hands(ChromeDriver driver) {
    private static final int TAB = 9;

    /** Presses and releases the tab key. */
    public void tab() {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            driver.executeCdpCommand(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", "Tab", "code", "Tab", "windowsVirtualKeyCode", TAB));
        }
    }

    /** Puts a text into the field that has the focus, in the place of what is selected there. */
    public void insert(String text) {
        driver.executeCdpCommand("Input.insertText", Map.of("text", text));
    }

    /** Copies what is selected, as Ctrl+C does. */
    public void copy() {
        driver.executeCdpCommand(
                "Input.dispatchKeyEvent",
                Map.of("type", "rawKeyDown", "key", "c", "code", "KeyC", "modifiers", 2, "commands", List.of("copy")));
    }

    /** Presses and releases the escape key. */
    public void escape() {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            driver.executeCdpCommand(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", "Escape", "code", "Escape", "windowsVirtualKeyCode", 27));
        }
    }

    /**
     * Presses the left button of the mouse in the middle of an element, and releases it.
     *
     * @return whether the element is on top there, so that this reached it
     */
    public boolean click(WebElement element) {
        Object point = driver.executeScript("""
                const [element] = arguments;
                element.scrollIntoView({block: 'nearest', behavior: 'instant'});
                const {x, y, width, height} = element.getClientRects()[0] ?? new DOMRect();
                const middle = {x: x + width / 2, y: y + height / 2};
                return element.contains(document.elementFromPoint(middle.x, middle.y)) ? middle : null;
                """, element);
        if (!(point instanceof Map<?, ?> middle)) {
            return false;
        }
        mouse("mousePressed", middle);
        mouse("mouseReleased", middle);
        return true;
    }

    private void mouse(String type, Map<?, ?> at) {
        driver.executeCdpCommand(
                "Input.dispatchMouseEvent",
                Map.of("type", type, "x", at.get("x"), "y", at.get("y"), "button", "left", "clickCount", 1));
    }
}
