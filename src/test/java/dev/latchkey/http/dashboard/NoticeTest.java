package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.http.dashboard.browser.Browser;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said in passing, in any colours, and by any clock of the browser. */
@Tag("browser")
class NoticeTest {
    private static final String SAID = "is disabled: it gets no more tokens";

    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Browser browser = dashboard.browser();
    private static final Page page = dashboard.page();

    @BeforeAll
    static void start() {
        dashboard.service().key("fx");
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
        browser.show(Look.DESK);
    }

    private static void say(Look look) {
        browser.show(look);
        NewAccessKey key = dashboard.service().key("fx");
        page.openAs("owner");
        page.at("#/keys/" + key.key().id());
        page.sees("Secrets");
        page.press("Disable");
        page.sees(SAID);
    }

    @OnDeskAndPhone
    void aNotice_takesNoClicks_andCoversNoControl(Look look) {
        say(look);
        assertThat((List<?>) browser.value("""
                        [...document.querySelectorAll('main a, main button, header a, header button')]
                            .filter((control) => {
                                const {x, y, width, height} = control.getBoundingClientRect();
                                const top = document.elementFromPoint(x + width / 2, y + height / 2);
                                return top !== null && top.closest('.notices') !== null;
                            }).map(({outerHTML}) => outerHTML)""")).isEmpty();
        assertThat(browser.value("""
                (() => {
                    const {x, y, width, height} = document.querySelector('.notices').getBoundingClientRect();
                    return document.elementFromPoint(x + width / 3, y + height / 2).closest('.notices');
                })()""")).isNull();
    }

    @OnDeskAndPhone
    void aNotice_isClosed_byItsButton(Look look) {
        say(look);
        page.press("Close this message");
        page.seesNot(SAID);
    }

    @Test
    void aNotice_isClosed_byTheEscapeKey() {
        say(Look.DESK);
        browser.hands().escape();
        page.seesNot(SAID);
    }

    @Test
    void inForcedColours_theCurrentPlaceAloneIsMarked() {
        page.openAs("owner");
        page.at("#/scopes");
        page.isAt("Scopes");
        browser.forceColours();
        String marked = "[...document.querySelectorAll('nav[aria-label=Places] a')].filter((link) =>"
                + " getComputedStyle(link).borderBottomColor !== getComputedStyle(document.body).backgroundColor)"
                + ".map(({innerText}) => innerText)";
        assertThat(browser.value(marked)).isEqualTo(List.of("Scopes"));
        assertThat(browser.value("getComputedStyle(document.querySelector('.brand rect')).fill"))
                .isEqualTo(browser.value("getComputedStyle(document.querySelector('h1')).color"));
        browser.picture("forced-colours");
    }

    @Test
    void times_areTheServices_whateverTheBrowsersClockSays() {
        Duration day = Duration.ofDays(1);
        page.openAs("owner");
        Instant end = dashboard.service().clock().instant().plus(Duration.ofHours(2));
        page.api("POST", "keys", Map.of("name", "soon over", "scopes", List.of("fx"), "expires_at", end.toString()));
        for (Duration off : List.of(day, day.negated())) {
            browser.open(
                    dashboard.service().issuer() + "/dashboard/",
                    dashboard.service().clock().instant().plus(off),
                    browser.driver().manage().getCookies());
            page.at("#/keys?q=soon");
            page.seesRows("tbody .badge", "Expires soon");
            page.seesRows("tbody time", "in 2 hours");
        }
    }
}
