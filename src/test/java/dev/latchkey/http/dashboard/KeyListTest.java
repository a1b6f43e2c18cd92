package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.Imported;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The list of keys, with ten thousand of them in the store. */
@Tag("browser")
class KeyListTest {
    private static final int OLD_KEYS = 9_879;
    private static final int KEYS = 120;
    private static final int PAGE = 50;

    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Page page = dashboard.page();

    @BeforeAll
    static void start() {
        addOldKeys();
        IntStream.rangeClosed(1, KEYS).forEach(KeyListTest::add);
        dashboard.service().clock().advance(Duration.ofSeconds(1));
        dashboard
                .service()
                .key(AccessKeySettings.named("switched off", ScopeSet.of(List.of("vault")))
                        .withEnabled(false));
    }

    private static void addOldKeys() {
        List<Map<String, Object>> rows = IntStream.rangeClosed(1, OLD_KEYS)
                .mapToObj(number ->
                        Map.<String, Object>of("id", "old-" + number, "name", "old " + number, "scopes", List.of("fx")))
                .toList();
        Imported.run(
                dashboard.service().services().imports(),
                Page.OWNER,
                Map.of("scopes", List.of(Map.of("name", "fx")), "keys", rows),
                new AccessKeyImport.Rules(false, false));
    }

    private static void add(int number) {
        dashboard.service().clock().advance(Duration.ofSeconds(1));
        dashboard.service().key(AccessKeySettings.named("job " + number, ScopeSet.of(List.of("fx"))));
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    private static void openTheList(Look look) {
        dashboard.browser().show(look);
        page.openAs("owner");
        page.sees("switched off");
    }

    @Test
    void onlyAPageOfKeys_isAskedForAndShown() {
        openTheList(Look.DESK);
        dashboard.browser().requests();
        openTheList(Look.DESK);
        assertThat(rows()).hasSize(PAGE);
        assertThat(dashboard.browser().requests())
                .filteredOn(url -> url.contains("/api/keys") && !url.contains("limit=1&"))
                .containsExactly(dashboard.service().issuer() + "/api/keys?limit=50");
    }

    @Test
    void theFirstView_isSmall_andComesInOneRound() {
        openTheList(Look.DESK);
        String files = "performance.getEntriesByType('resource').filter(({name}) => name.includes('/assets/'))";
        String first = files + ".filter(({startTime}) => startTime < performance.getEntriesByType('resource')"
                + ".find(({name}) => name.includes('/api/keys')).startTime)";
        String bytes = ".reduce((sum, {encodedBodySize}) => sum + encodedBodySize, "
                + "performance.getEntriesByType('navigation')[0].encodedBodySize)";
        assertThat((Long) dashboard.browser().value(first + bytes)).isBetween(10_000L, 100_000L);
        assertThat(dashboard
                        .browser()
                        .value(first + ".every(({name}) => [...document.querySelectorAll('head [href], head [src]')]"
                                + ".some(({href, src}) => name === (href ?? src)))"))
                .isEqualTo(true);
    }

    @OnDeskAndPhone
    void pages_followEachOther_andBack(Look look) {
        openTheList(look);
        page.type("Search", "job");
        page.seesNot("switched off");
        page.press("Older →");
        page.sees("job 70");
        page.focus().comesTo("#content");
        assertThat(dashboard.browser().value("window.scrollY")).isEqualTo(0L);
        page.press("Older →");
        page.sees("job 20");
        assertThat(rows()).hasSize(KEYS - 2 * PAGE);
        assertThat(page.offers("Older →")).isFalse();
        page.press("← Newer");
        page.sees("job 70");
        page.press("← Newer");
        page.sees("job 120");
        assertThat(page.offers("← Newer")).isFalse();
    }

    @OnDeskAndPhone
    void search_findsAsOneTypes_byNameIdAndScope(Look look) {
        openTheList(look);
        page.type("Search", "job 11");
        page.seesNot("switched off");
        dashboard.browser().waiting().until(driver -> rows().size() == 11);
        assertThat(rows()).allMatch(name -> name.startsWith("job 11"));

        page.type("Search", "vault");
        page.seesNot("job 11");
        assertThat(rows()).containsExactly("switched off");

        page.type("Search", "nothing like it");
        page.sees("No key matches.");
        page.press("Show all keys");
        page.sees("job 120");
        assertThat(page.valueOf("Search")).isEmpty();
    }

    @Test
    void aSlowAnswer_neverReplacesANewerOne() {
        openTheList(Look.DESK);
        dashboard.browser().driver().executeScript("""
                const real = window.fetch;
                window.fetch = (url, options) => String(url).includes('q=job')
                    ? new Promise((answer) => { window.late = () => real(url, {...options, signal: undefined}).then(answer); })
                    : real(url, options);
                """);
        page.type("Search", "job");
        dashboard
                .browser()
                .waiting()
                .until(driver -> dashboard.browser().value("typeof window.late").equals("function"));
        page.type("Search", "switched");
        page.seesNot("job 120");
        dashboard
                .browser()
                .driver()
                .executeAsyncScript("const done = arguments[0]; window.late(); setTimeout(done, 0);");

        page.sees("switched off");
        assertThat(rows()).containsExactly("switched off");
    }

    @Test
    void theStateFilter_showsKeysOfThatState() {
        openTheList(Look.DESK);
        page.choose("State", "Disabled");
        page.seesNot("job 120");
        assertThat(rows()).containsExactly("switched off");
        page.choose("State", "Enabled");
        page.seesNot("switched off");
        assertThat(rows()).hasSize(PAGE);
    }

    private static List<String> rows() {
        return page.texts("tbody .name");
    }
}
