package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.dashboard.browser.Browser;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Page;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WindowType;

/** A secret or a password that a page has shown does not come back, and leaving it is asked about until it is copied. */
@Tag("browser")
class SecretWithdrawnTest {
    private static final String NOT_COPIED = "The secret has not been copied here";

    @RegisterExtension
    private final Dashboard dashboard = Dashboard.fresh();

    private final Browser browser = dashboard.browser();
    private final Page page = dashboard.page();

    private String secret = "";

    @BeforeEach
    void aFreshSecret() {
        dashboard.service().key("fx");
        page.openAs("owner");
        page.at("#/keys/new");
        page.sees("Add a scope");
        page.type("Name", "fresh");
        page.tick("fx");
        page.press("Create key");
        page.isAt("“fresh” is ready");
        page.sees("curl");
        secret = page.takeaway("Client secret");
    }

    private String everything() {
        return browser.driver().getPageSource()
                + browser.value("JSON.stringify([history.state, {...sessionStorage}, {...localStorage}])");
    }

    @Test
    void backButton_showsNoSecret_alsoAfterSigningOutElsewhere() {
        page.press("Copy the client secret");
        page.sees("Copied the client secret.");
        browser.driver().get(dashboard.service().url() + "/openapi.json");
        browser.driver().executeCdpCommand("Network.clearBrowserCookies", Map.of());
        browser.driver().navigate().back();
        page.sees("User name");
        assertThat(everything()).doesNotContain(secret);
    }

    @Test
    void leavingThePage_takesItDownAtOnce_andComingBackStartsItAnew() {
        browser.driver().executeScript("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))");
        assertThat(everything()).doesNotContain(secret);

        browser.driver().executeScript("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))");
        page.isAt("Create a key");
        assertThat(everything()).doesNotContain(secret);
    }

    @Test
    void leavingThePage_takesTypedPasswordsDownToo() {
        page.at("#/users");
        page.press("Leave anyway");
        page.press("Add a user");
        page.press("Make one up");
        assertThat(page.valueOf("Password")).hasSize(24);
        browser.driver().executeScript("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))");

        assertThat(browser.value("document.querySelectorAll('input').length")).isEqualTo(0L);
    }

    @Test
    void signingOutInAnotherTab_takesTheSecretDown() {
        String first = browser.driver().getWindowHandle();
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.driver().get(dashboard.service().issuer() + "/dashboard/");
        page.press("Sign out");
        page.sees("User name");
        browser.driver().close();
        browser.driver().switchTo().window(first);

        page.sees("User name");
        assertThat(everything()).doesNotContain(secret);
    }

    @Test
    void signingInElsewhereAsAnother_takesTheSecretDown() {
        page.api("POST", "users", Map.of("username", "ann", "password", Page.PASSWORD, "role", "developer"));
        page.api("POST", "session", Map.of("username", "ann", "password", Page.PASSWORD));
        browser.driver().executeScript("""
                const mark = Object.keys(localStorage).find((name) => name.startsWith('latchkey.signed-in'));
                dispatchEvent(new StorageEvent('storage', {key: mark, newValue: 'other'}));
                """);

        page.sees("developer");
        page.isAt("Create a key");
        assertThat(everything()).doesNotContain(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Copy the client secret", "Copy the .env lines", "Copy the curl command"})
    void copyingTheSecret_endsTheQuestion(String button) {
        page.press(button);
        page.sees("Copied the ");
        page.at("#/scopes");
        page.isAt("Scopes");
    }

    @Test
    void copyingAnythingElse_doesNot() {
        page.press("Copy the client id");
        page.sees("Copied the client id.");
        select("Client id", 0, 30);
        select("Client secret", 0, 20);
        select("Client secret", 1, secret.length());
        page.press("Try it here");
        page.sees("Signature verified");
        page.press("Copy the access token");
        page.sees("Copied the access token.");

        page.at("#/scopes");
        page.sees(NOT_COPIED);
    }

    @Test
    void copyingASelectionThatHoldsTheWholeSecret_does() {
        select("As a .env file", 0, page.takeaway("As a .env file").length());
        page.at("#/scopes");
        page.isAt("Scopes");
    }

    /** Selects a part of a block, and copies it as the keyboard does. */
    private void select(String title, int from, int to) {
        browser.driver().executeScript("""
                const [title, from, to] = arguments;
                const text = document.querySelector(`pre[aria-label="${title}"] code`).firstChild;
                getSelection().setBaseAndExtent(text, from, text, to);
                """, title, from, to);
        browser.hands().copy();
    }
}
