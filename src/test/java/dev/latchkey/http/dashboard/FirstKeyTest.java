package dev.latchkey.http.dashboard;

import static dev.latchkey.testing.Answers.accessToken;
import static dev.latchkey.testing.Answers.claims;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.TestService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What somebody does who has never seen the service: the first key, its secret, its first token. */
class FirstKeyTest {
    @TempDir
    static Path folder;

    private static TestService service;
    private static Browser browser;
    private static Page page;

    @BeforeAll
    static void start() {
        service = TestService.start(folder);
        browser = Browser.start(folder.resolve("profile"));
        page = new Page(browser, service);
    }

    @AfterAll
    static void stop() {
        browser.close();
        service.close();
    }

    @Test
    void anEmptyStore_leadsToTheFirstToken() throws Exception {
        page.openAs("owner");
        page.sees("There are no access keys yet");
        page.press("Create the first key");

        page.sees("There are no scopes yet");
        page.type("Scope name", "orders:read");
        page.type("What it allows (optional)", "Read orders and their history");
        page.press("Add scope");
        page.sees("Read orders and their history");
        page.type("Name", "Billing service, production");
        page.press("Create key");

        page.isAt("“Billing service, production” is ready");
        String id = page.takeaway("Client id");
        String secret = page.takeaway("Client secret");
        assertThat(secret).matches("acs_[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}");
        assertThat(page.takeaway("As a .env file"))
                .isEqualTo("LATCHKEY_KEY_ID=" + id + "\nLATCHKEY_KEY_SECRET=" + secret);
        assertThat(page.takeaway("In a shell"))
                .isEqualTo("curl -u '" + id + ":" + secret + "' -d grant_type=client_credentials '" + service.issuer()
                        + "/connect/token'");

        page.press("Try it here");
        page.sees("Signature verified: RS256");
        assertThat(page.takeaway("Claims")).contains("\"scope\": \"orders:read\"", "\"client_id\": \"" + id + "\"");
        browser.picture("first-token");

        String token = accessToken(service.token(TestService.basic(id, secret), "grant_type=client_credentials"));
        assertThat(claims(token)).containsEntry("sub", id);
        assertNothingLeft(id, secret);
    }

    /** Copying works, and the secret is nowhere after it has been left. */
    private void assertNothingLeft(String id, String secret) {
        browser.driver()
                .executeCdpCommand(
                        "Browser.grantPermissions",
                        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        page.press("Copy the client secret");
        page.sees("Copied the client secret.");
        assertThat(browser.driver().executeAsyncScript("navigator.clipboard.readText().then(arguments[0])"))
                .isEqualTo(secret);

        page.press("Done, show the key");
        page.isAt("Billing service, production");
        page.sees("Secrets");
        assertThat(browser.driver().getPageSource()).contains(id).doesNotContain(secret);
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).isNotEmpty().allMatch(url -> isOwn(url));
    }

    private static boolean isOwn(String url) {
        return url.startsWith(service.issuer() + "/") || url.equals("about:blank");
    }

    @Test
    void leavingAnUncopiedSecret_asksFirst() {
        page.openAs("owner");
        page.api("POST", "scopes", Map.of("name", "asked", "description", ""));
        page.at("#/keys/new");
        page.type("Name", "left behind");
        page.tick("asked");
        page.press("Create key");
        page.isAt("is ready");

        page.at("#/scopes");
        page.sees("The secret has not been copied here");
        page.press("Cancel");
        page.isAt("is ready");
        page.press("Access keys");
        page.press("Leave anyway");
        page.isAt("Access keys");
    }

    @Test
    void theKeyboardAlone_createsAKey() {
        page.openAs("owner");
        page.api("POST", "scopes", Map.of("name", "typed", "description", ""));
        page.at("#/keys/new");
        page.sees("typed");

        tabTo("Name").sendKeys("by keyboard");
        browser.waiting().until(driver -> tabUntil("input[value=typed]"));
        page.focused().sendKeys(Keys.SPACE);
        page.focused().sendKeys(Keys.ENTER);

        page.isAt("“by keyboard” is ready");
    }

    @Test
    void whatIsWrong_standsBesideItsField() {
        page.openAs("owner");
        page.at("#/keys/new");
        page.sees("More settings");
        page.press("More settings");
        page.type("Token lifetime (optional)", "59");
        page.type("Claims (optional)", "{\"iss\": 1}");
        page.press("Create key");

        assertThat(page.errorAt("Name")).contains("1 to 200 characters");
        assertThat(page.focused().getDomAttribute("name")).isEqualTo("name");

        page.type("Claims (optional)", "{tenant");
        page.press("Create key");
        assertThat(page.errorAt("Claims (optional)")).contains("is not JSON");
    }

    private org.openqa.selenium.WebElement tabTo(String label) {
        browser.driver().findElement(By.id("content")).sendKeys(Keys.TAB);
        String id = browser.driver()
                .findElement(By.xpath("//label[normalize-space(.)='" + label + "']"))
                .getDomAttribute("for");
        browser.waiting().until(driver -> tabUntil("[id='" + id + "']"));
        return page.focused();
    }

    private boolean tabUntil(String selector) {
        if (Boolean.TRUE.equals(browser.value("document.activeElement.matches(\"" + selector + "\")"))) {
            return true;
        }
        page.focused().sendKeys(Keys.TAB);
        return false;
    }
}
