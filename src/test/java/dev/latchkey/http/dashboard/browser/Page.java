package dev.latchkey.http.dashboard.browser;

import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Answers;
import dev.latchkey.harness.TestService;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The dashboard as a person uses it: by what stands on it. While a dialog is open, only what is in it counts. */
public final class Page {
    public static final String PASSWORD = TestService.OWNER_PASSWORD;

    public static final Actor OWNER = Actor.operator("test");

    private final Browser browser;
    private final Supplier<String> url;
    private final Supplier<Instant> now;
    private final Map<String, Set<Cookie>> sessions = new HashMap<>();

    /**
     * The dashboard of a service.
     *
     * @param url of the service
     * @param now what time the page takes it for
     */
    public Page(Browser browser, Supplier<String> url, Supplier<Instant> now) {
        this.browser = browser;
        this.url = url;
        this.now = now;
    }

    public Browser browser() {
        return browser;
    }

    /** The page for a person who has not signed in. */
    public void open() {
        openWith(List.of());
        sees("User name");
    }

    /** The page for this person, who signs in unless they still are. */
    public void openAs(String username) {
        openWith(sessions.getOrDefault(username, Set.of()));
        browser.waiting().until(driver -> text().contains("User name") || text().contains("Sign out"));
        if (text().contains("User name")) {
            signIn(username);
            sees("Sign out");
            sessions.put(username, browser.driver().manage().getCookies());
        }
    }

    private void openWith(Collection<Cookie> session) {
        browser.open(url.get() + "/dashboard/", now.get(), session);
    }

    public void signIn(String username) {
        type("User name", username);
        type("Password", PASSWORD);
        press("Sign in");
    }

    /** Goes to an address of the page, such as {@code #/keys/new}. */
    public void at(String hash) {
        browser.driver().executeScript("location.hash = arguments[0]", hash);
    }

    public void press(String text) {
        click(control(text));
    }

    public void type(String label, String text) {
        WebElement field = find(field(label));
        browser.driver().executeScript("arguments[0].focus(); arguments[0].select()", field);
        if (text.isEmpty()) {
            field.sendKeys(Keys.DELETE);
        } else {
            browser.hands().insert(text);
        }
    }

    public void choose(String label, String option) {
        new Select(find(field(label))).selectByVisibleText(option);
    }

    /** Ticks or chooses the first box or circle whose text has this in it. */
    public void tick(String text) {
        click("//label[contains(@class,'choice')][contains(normalize-space(.)," + quoted(text) + ")]//input");
    }

    public String valueOf(String label) {
        return find(field(label)).getDomProperty("value");
    }

    /** What is wrong with a field, as it stands beside it. */
    public String errorAt(String label) {
        return find(field(label) + "/ancestor::*[contains(@class,'field')][1]//*[contains(@class,'error')]")
                .getText();
    }

    /** Waits until this stands on the page, or in the dialog that is open. */
    public void sees(String text) {
        browser.waiting()
                .withMessage(() -> "no \"" + text + "\" in:\n" + text())
                .until(driver -> text().contains(text));
    }

    public void seesNot(String text) {
        browser.waiting().withMessage(() -> "\"" + text + "\" in:\n" + text()).until(driver -> !text().contains(text));
    }

    /** Waits until the heading is this. */
    public void isAt(String heading) {
        browser.waiting()
                .withMessage(() -> "no heading \"" + heading + "\" in:\n" + text())
                .until(driver -> String.valueOf(browser.value("document.querySelector('main h1')?.innerText"))
                        .contains(heading));
    }

    public boolean offers(String text) {
        return shown(control(text)).isPresent();
    }

    /** Whether a button is there but cannot be pressed yet. */
    public boolean isOff(String text) {
        return "true".equals(find(control(text)).getDomAttribute("aria-disabled"));
    }

    public String text() {
        return String.valueOf(
                browser.value("([...document.querySelectorAll('dialog[open]')].pop() ?? document.body).innerText"));
    }

    /** The text of a block that can be copied. */
    public String takeaway(String title) {
        return find("//pre[@aria-label=" + quoted(title) + "]").getText();
    }

    public void noDialog() {
        browser.waiting().until(driver -> !browser.has(By.cssSelector("dialog[open]")));
    }

    /** The texts of all elements that match a CSS selector. */
    @SuppressWarnings("unchecked")
    public List<String> texts(String selector) {
        return (List<String>) browser.driver()
                .executeScript(
                        "return [...document.querySelectorAll(arguments[0])].map((found) => found.innerText)",
                        selector);
    }

    /** Waits until the elements that match a CSS selector have these texts. */
    public void seesRows(String selector, String... texts) {
        browser.waiting()
                .withMessage(() -> texts(selector).toString())
                .until(driver -> texts(selector).equals(List.of(texts)));
    }

    public Focus focus() {
        return new Focus(browser);
    }

    /** Calls the API from the page, as the user who is signed in there. */
    public Map<String, Object> api(String method, String path, Map<String, Object> body) {
        Map<String, Object> read = call(method, path, body);
        assertThat((Long) read.get("status")).as(read.toString()).isBetween(200L, 299L);
        return Answers.asObject(read.get("body"));
    }

    /** The status of a call as above, whatever it is. */
    public long apiStatus(String method, String path, Map<String, Object> body) {
        return (Long) call(method, path, body).get("status");
    }

    private Map<String, Object> call(String method, String path, Map<String, Object> body) {
        Object answer = browser.driver()
                .executeAsyncScript("""
                        const [method, path, body, done] = arguments;
                        fetch('/api/' + path, {method, headers: {'Content-Type': 'application/json'}, body})
                            .then(async (answer) => done(JSON.stringify(
                                {status: answer.status, body: answer.status === 204 ? {} : await answer.json()})));
                        """, method, path, method.equals("GET") ? null : JsonBinding.text(body));
        return json((String) answer);
    }

    /** The first that is shown, in the dialog that is open, if there is one. */
    private WebElement find(String xpath) {
        return browser.waiting()
                .withMessage(() -> "no " + xpath + " in:\n" + text())
                .until(driver -> shown(xpath).orElse(null));
    }

    /** Clicks the first that is shown, as soon as nothing covers it. */
    private void click(String xpath) {
        browser.waiting()
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> "cannot click " + xpath + " in:\n" + text())
                .until(driver -> shown(xpath).filter(browser.hands()::click).isPresent());
    }

    private Optional<WebElement> shown(String xpath) {
        return Optional.ofNullable((WebElement) browser.driver().executeScript("""
                        const [xpath] = arguments;
                        const top = document.querySelector('dialog[open]') ? '(//dialog[@open])[last()]' : '';
                        const found = document.evaluate(top + xpath, document, null, XPathResult.ORDERED_NODE_ITERATOR_TYPE);
                        for (let element = found.iterateNext(); element; element = found.iterateNext()) {
                            if (element.checkVisibility()) {
                                return element;
                            }
                        }
                        return null;
                        """, xpath));
    }

    private static String control(String text) {
        String same = "[normalize-space(.)=" + quoted(text) + " or @aria-label=" + quoted(text) + "]";
        return "//*[self::button or self::a or self::summary]" + same;
    }

    private static String field(String label) {
        return "//*[@id=//label[normalize-space(.)=" + quoted(label) + "]/@for]";
    }

    private static String quoted(String text) {
        return text.indexOf('"') < 0 ? '"' + text + '"' : "'" + text + "'";
    }
}
