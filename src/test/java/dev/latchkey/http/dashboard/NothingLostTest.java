package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.dashboard.browser.Browser;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.http.dashboard.browser.Soundness;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is typed, and a secret that was not copied, are not lost unasked. */
@Tag("browser")
class NothingLostTest {
    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Browser browser = dashboard.browser();
    private static final Page page = dashboard.page();

    @BeforeAll
    static void start() {
        dashboard.service().key("fx", "vault");
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    private static void newForm(Look look) {
        dashboard.browser().show(look);
        page.openAs("owner");
        page.at("#/keys/new");
        page.sees("All 2 in the catalogue");
    }

    @OnDeskAndPhone
    void leavingAnUncopiedSecret_asksFirst(Look look) {
        newForm(look);
        page.type("Name", "left behind");
        page.tick("fx");
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

    @OnDeskAndPhone
    void leavingAFormWithText_asksFirst(Look look) {
        newForm(look);
        page.type("Name", "half a key");
        page.press("Scopes");
        page.sees("What you typed is not saved.");
        Soundness.checkOnce(browser, "leave", look);
        page.press("Cancel");
        assertThat(page.valueOf("Name")).isEqualTo("half a key");
        page.press("Cancel");
        page.press("Leave without creating the key");
        page.isAt("Access keys");
    }

    @Test
    void signingOut_asksFirstToo() {
        newForm(Look.DESK);
        page.type("Name", "half a key");
        page.press("Sign out");
        page.press("Cancel");
        assertThat(page.valueOf("Name")).isEqualTo("half a key");
        page.press("Sign out");
        page.press("Leave without creating the key");
        page.sees("User name");
    }

    @OnDeskAndPhone
    void aSessionThatEnds_losesNothingTyped(Look look) {
        newForm(look);
        page.type("Name", "typed before");
        page.tick("fx");
        dashboard.service().clock().advance(Duration.ofHours(1));
        page.press("Create key");

        page.sees("Sign in again");
        Soundness.checkOnce(browser, "sign-in-again", look);
        page.type("Password", Page.PASSWORD);
        page.press("Sign in");
        page.isAt("“typed before” is ready");
    }

    @Test
    void aSessionThatIsGivenUp_leavesTheForm() {
        newForm(Look.DESK);
        page.type("Name", "typed before");
        dashboard.service().clock().advance(Duration.ofHours(1));
        page.press("Create key");
        page.sees("Sign in again");
        page.press("Cancel");

        page.sees("Your session is over. Nothing was saved");
        assertThat(page.valueOf("Name")).isEqualTo("typed before");
    }

    /** A proxy that compresses marks entity tags; the edit is guarded by the tag that the service gave. */
    @ParameterizedTest
    @ValueSource(strings = {"W/\"%s\"", "\"%s-gzip\"", "W/\"%s;br\""})
    void anEntityTagThatAProxyChanged_isSentAsItWas(String changed) {
        String id = dashboard.service().key("fx").key().id();
        page.openAs("owner");
        browser.driver().executeScript("""
                const [changed] = arguments;
                const real = window.fetch;
                window.fetch = async (url, options) => {
                    window.sent = options.headers?.['If-Match'] ?? window.sent;
                    const answer = await real(url, options);
                    const tag = answer.headers.get('ETag');
                    if (tag === null || window.given) {
                        return answer;
                    }
                    window.given = tag;
                    const headers = {'ETag': changed.replace('%s', tag.slice(1, -1))};
                    return new Response(await answer.text(), {status: answer.status, headers});
                };
                """, changed);
        page.at("#/keys/" + id + "/edit");
        page.sees("More settings");
        page.type("Name", "edited through a proxy");
        page.press("Save");
        page.isAt("edited through a proxy");
        assertThat(browser.value("window.sent === window.given && window.given.length > 2"))
                .isEqualTo(true);
    }
}
