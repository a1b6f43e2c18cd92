package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import dev.latchkey.http.dashboard.browser.Browser;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Page;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/** The service goes away and comes back, or refuses for a while: the page says so, and goes on. */
@Tag("browser")
class OutageTest {
    private static final String AWAY = "The service does not answer.";

    @RegisterExtension
    private final Dashboard dashboard = Dashboard.fresh();

    private final Browser browser = dashboard.browser();
    private final Page page = dashboard.page();
    private Optional<TestService> second = Optional.empty();

    @BeforeEach
    void start() {
        dashboard.service().key("fx");
        page.openAs("owner");
        page.sees("test key");
        allViewsAreFetched();
    }

    /** Each with the modules that it imports in turn, which importing it once more waits for. */
    private void allViewsAreFetched() {
        String views = "performance.getEntriesByType('resource').map(({name}) => name)"
                + ".filter((name) => /-(page|edit|create)\\.js$/.test(name))";
        browser.waiting().until(driver -> (Long) browser.value(views + ".length") >= 7);
        assertThat(browser.value("Promise.all(" + views + ".map((view) => import(view))).then(() => true)"))
                .isEqualTo(true);
    }

    @AfterEach
    void stop() {
        browser.block();
        browser.complaints();
        second.ifPresent(TestService::close);
    }

    private void goAway() {
        dashboard.service().stop();
    }

    private void comeBack() {
        int port = dashboard.service().port();
        second = Optional.of(dashboard.service().again(Map.of(ServeFlag.PORT, String.valueOf(port))));
    }

    @Test
    void tryAgain_goesOnWhereThePersonIs() {
        page.at("#/scopes");
        page.isAt("Scopes");
        goAway();
        page.press("Access keys");
        page.sees(AWAY);
        page.press("Try again");
        browser.waiting().until(driver -> !browser.has(By.cssSelector("[aria-busy=true]")));
        page.sees(AWAY);
        comeBack();

        page.press("Try again");
        page.sees("test key");
        page.seesNot(AWAY);
        page.focus().comesTo("#content");
        assertThat(page.offers("Try again")).isFalse();
    }

    @Test
    void theLinkToWhereThePersonIs_asksAgain() {
        goAway();
        page.press("Scopes");
        page.sees(AWAY);
        comeBack();

        page.press("Scopes");
        page.sees("fx");
        page.seesNot(AWAY);
    }

    @Test
    void aSessionThatEndsMeanwhile_isRenewedInPlace() {
        goAway();
        page.press("Scopes");
        page.sees(AWAY);
        dashboard.service().clock().advance(Duration.ofHours(1));
        comeBack();
        page.press("Try again");
        page.sees("Sign in again");
        page.type("Password", Page.PASSWORD);
        page.press("Sign in");

        page.noDialog();
        page.isAt("Scopes");
        page.sees("fx");
    }

    @Test
    void aPageThatCannotStart_offersToTryAgain() {
        browser.block("*/api/session");
        browser.reload();
        page.sees(AWAY);
        browser.block();
        page.press("Try again");
        page.sees("test key");
    }

    @Test
    void aViewThatCouldNotBeFetched_comesWithTryAgain() {
        browser.block("*/key-create.js");
        browser.reload();
        page.sees("test key");
        page.at("#/keys/new");
        page.sees("could not be fetched");
        browser.block();
        page.press("Try again");
        page.isAt("Create a key");
        page.sees("More settings");
    }

    @Test
    void refusedForAWhile_saysOnceAndInWordsHowLong() {
        answer(503, Map.of("Retry-After", "293"), "{\"detail\": \"Too much to do; try again in 293 s.\"}");
        page.press("Scopes");
        page.sees("Too much to do; try again in 5 minutes.");
        assertThat(page.text().split("(?i)try again in", -1)).hasSize(2);

        answer(503, Map.of("Retry-After", "2"), "<html>gateway</html>");
        page.press("Access keys");
        page.sees("The service is away or has too much to do (503). Try again in 2 seconds.");
        browser.driver().executeScript("window.fetch = window.realFetch");
        page.press("Try again");
        page.sees("test key");
    }

    @Test
    void aProxysSignInPage_isNamed() {
        answer(200, Map.of(), "<html>Please sign in</html>");
        page.press("Scopes");
        page.sees("Something other than Latchkey answered");
        assertThat(page.offers("Try again")).isTrue();
    }

    /** A browser that keeps no cookie is signed in for a moment only. */
    @Test
    void whereCookiesAreNotKept_signingInSaysSo() {
        page.open();
        browser.driver().executeScript("""
                const real = window.fetch;
                window.fetch = (url, options) => real(url, {...options, credentials: 'omit'});
                """);
        page.signIn("owner");
        page.sees("the browser did not keep the session’s cookie");
    }

    @Test
    void overHttp_wherePeopleShouldUseHttps_thePageNamesTheRightAddress() {
        String issuer = "https://keys.example.com";
        second = Optional.of(dashboard.service().again(Map.of(ServeFlag.ISSUER, issuer)));
        browser.driver().get(second.orElseThrow().url() + "/dashboard/");
        page.sees("This page came over http");
        page.sees(issuer + "/dashboard/");
        browser.driver().executeScript("""
                const real = window.fetch;
                window.fetch = (url, options) => real(url, {...options, credentials: 'omit'});
                """);
        page.signIn("owner");
        page.sees("You cannot be signed in over http");
    }

    /** From now on the service seems to answer everything so. */
    private void answer(int status, Map<String, String> headers, String body) {
        browser.driver().executeScript("""
                const [status, headers, body] = arguments;
                window.realFetch ??= window.fetch;
                window.fetch = async () => new Response(body, {status, headers});
                """, status, headers, body);
    }
}
