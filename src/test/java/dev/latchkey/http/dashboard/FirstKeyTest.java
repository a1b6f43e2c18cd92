package dev.latchkey.http.dashboard;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.claims;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.TestService;
import dev.latchkey.http.dashboard.browser.Browser;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.http.dashboard.browser.Soundness;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person does who has never seen the service: the first key, its secret, its first token. */
@Tag("browser")
class FirstKeyTest {
    @RegisterExtension
    private final Dashboard dashboard = Dashboard.fresh();

    private final TestService service = dashboard.service();
    private final Browser browser = dashboard.browser();
    private final Page page = dashboard.page();

    @OnDeskAndPhone
    void anEmptyStore_leadsToTheFirstToken(Look look) {
        browser.show(look);
        page.openAs("owner");
        page.sees("There are no access keys yet");
        Soundness.checkOnce(browser, "no-keys", look);
        page.press("Create the first key");

        page.sees("There are no scopes yet");
        Soundness.checkOnce(browser, "no-scopes", look);
        page.type("Scope name", "orders:read");
        page.type("What it allows (optional)", "Read orders and their history");
        page.press("Add scope");
        page.sees("Read orders and their history");
        page.focus().comesTo("[name=scope-name]");
        page.type("Name", "Billing service, production");
        page.press("Create key");

        page.isAt("“Billing service, production” is ready");
        String id = page.takeaway("Client id");
        String secret = page.takeaway("Client secret");
        assertThat(secret).matches("acs_[A-Za-z0-9_-]{43}[0-9A-Za-z]{6}");
        assertThat(page.takeaway("As a .env file"))
                .isEqualTo("LATCHKEY_KEY_ID=" + id + "\nLATCHKEY_KEY_SECRET=" + secret);
        assertThat(page.takeaway("In a shell"))
                .isEqualTo("curl -u '" + id + ":" + secret
                        + "' -d grant_type=client_credentials --data-urlencode 'scope=orders:read' '" + service.issuer()
                        + "/connect/token'");

        page.press("Try it here");
        page.sees("Signature verified: RS256");
        assertThat(page.takeaway("Claims")).contains("\"scope\": \"orders:read\"", "\"client_id\": \"" + id + "\"");

        String token = accessToken(service.token(TestService.basic(id, secret), "grant_type=client_credentials"));
        assertThat(claims(token)).containsEntry("sub", id);
        assertNothingLeft(id, secret);
        dashboard.isQuiet();
    }

    /** The secret is nowhere after it has been left. */
    private void assertNothingLeft(String id, String secret) {
        page.press("Copy the client secret");
        page.sees("Copied the client secret.");
        page.press("Done, show the key");
        page.isAt("Billing service, production");
        page.sees("Secrets");
        assertThat(browser.driver().getPageSource()).contains(id).doesNotContain(secret);
    }
}
