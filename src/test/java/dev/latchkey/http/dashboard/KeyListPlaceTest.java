package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.Imported;
import dev.latchkey.http.dashboard.browser.Browser;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/** Search, filter and page of the list stay, wherever the person comes from. */
@Tag("browser")
class KeyListPlaceTest {
    private static final int KEYS = 170;
    private static final String FIRST = "tbody .name";

    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Browser browser = dashboard.browser();
    private static final Page page = dashboard.page();

    @BeforeAll
    static void start() {
        List<Map<String, Object>> rows = IntStream.rangeClosed(1, KEYS)
                .mapToObj(number -> Map.<String, Object>of(
                        "id", "%03d-job".formatted(number),
                        "name", "job %03d".formatted(number),
                        "enabled", number % 2 == 0,
                        "scopes", List.of("fx")))
                .toList();
        Imported.run(
                dashboard.service().services().imports(),
                Page.OWNER,
                Map.of("scopes", List.of(Map.of("name", "fx")), "keys", rows),
                new AccessKeyImport.Rules(false, false));
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    private static void openTheList(Look look) {
        browser.show(look);
        page.openAs("owner");
        page.sees("Older →");
    }

    private static String first() {
        browser.waiting().until(driver -> !browser.has(By.cssSelector(".busy")));
        return page.texts(FIRST).get(0);
    }

    @OnDeskAndPhone
    void aStateChosenWhileTyping_isKeptWithTheText(Look look) {
        openTheList(look);
        page.type("Search", "job 16");
        page.choose("State", "Disabled");
        browser.waiting().until(driver -> page.texts(FIRST).size() == 5);
        browser.driver().executeAsyncScript("setTimeout(arguments[0], 250)");

        assertThat(browser.value("location.hash")).isEqualTo("#/keys?q=job+16&enabled=false");
        assertThat(page.valueOf("Search")).isEqualTo("job 16");
        assertThat(page.valueOf("State")).isEqualTo("false");
        assertThat(page.texts(FIRST)).hasSize(5);
    }

    @Test
    void newer_afterAReload_leadsToThePageBefore() {
        openTheList(Look.DESK);
        String firstOfOne = first();
        page.press("Older →");
        page.seesNot(firstOfOne);
        String firstOfTwo = first();
        page.press("Older →");
        page.seesNot(firstOfTwo);
        String firstOfThree = first();
        browser.reload();
        page.sees(firstOfThree);
        page.press("← Newer");
        page.sees(firstOfTwo);
        assertThat(first()).isEqualTo(firstOfTwo);
        page.press("← Newer");
        page.sees(firstOfOne);
        assertThat(page.offers("← Newer")).isFalse();
    }

    @Test
    void aPageReachedByItsAddressAlone_leadsToTheNewest() {
        openTheList(Look.DESK);
        String firstOfOne = first();
        page.press("Older →");
        page.seesNot(firstOfOne);
        browser.driver().executeScript("sessionStorage.clear()");
        browser.reload();
        page.press("← Newest");
        page.sees(firstOfOne);
    }

    @OnDeskAndPhone
    void theTrail_leadsBackToSearchFilterAndPage(Look look) {
        openTheList(look);
        page.choose("State", "Enabled");
        page.type("Search", "job");
        browser.waiting().until(driver -> browser.value("location.hash").equals("#/keys?q=job&enabled=true"));
        page.press("Older →");
        browser.waiting().until(driver -> page.texts(FIRST).size() == KEYS / 2 - 50);
        String there = String.valueOf(browser.value("location.hash"));
        page.press(first());
        page.sees("Secrets");
        browser.reload();
        page.sees("Secrets");
        page.press("Edit");
        page.isAt("Edit the key");
        browser.driver().executeScript("document.querySelector('.trail a').click()");
        browser.waiting().until(driver -> page.texts(FIRST).size() == KEYS / 2 - 50);

        assertThat(browser.value("location.hash")).isEqualTo(there);
        assertThat(page.valueOf("Search")).isEqualTo("job");
        assertThat(page.valueOf("State")).isEqualTo("true");
        assertThat(page.offers("← Newer")).isTrue();
    }

    @Test
    void theBackButtonAndAReload_keepSearchAndFilter() {
        openTheList(Look.DESK);
        page.type("Search", "job 16");
        page.choose("State", "Enabled");
        browser.waiting().until(driver -> page.texts(FIRST).size() == 5);
        page.press("Scopes");
        page.isAt("Scopes");
        browser.driver().navigate().back();
        browser.waiting().until(driver -> page.texts(FIRST).size() == 5);
        browser.reload();
        browser.waiting().until(driver -> page.texts(FIRST).size() == 5);

        assertThat(page.valueOf("Search")).isEqualTo("job 16");
        assertThat(page.valueOf("State")).isEqualTo("true");
    }
}
