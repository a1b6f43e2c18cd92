package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.http.dashboard.browser.Browser;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.http.dashboard.browser.Soundness;
import dev.latchkey.scope.ScopeSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names and texts that turn the direction of what follows them, or are as long as they may be. */
@Tag("browser")
class ForeignTextTest {
    private static final String OVERRIDE = "\u202e";
    private static final String TURNED = "invoice" + OVERRIDE + "gpj.exe";
    private static final int LONGEST_NAME = 200;
    private static final int MOST_SCOPES = 100;

    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Browser browser = dashboard.browser();
    private static final Page page = dashboard.page();

    private static NewAccessKey turned;
    private static NewAccessKey longest;

    @BeforeAll
    static void start() {
        page.openAs("owner");
        page.api("POST", "scopes", Map.of("name", "fx", "description", TURNED));
        turned = dashboard.service().key(AccessKeySettings.named(TURNED, ScopeSet.of(List.of("fx"))));
        page.api("PATCH", "keys/" + turned.key().id(), Map.of("description", TURNED, "claims", Map.of("note", TURNED)));
        List<String> scopes = IntStream.range(0, MOST_SCOPES)
                .mapToObj(number -> "s%02d:".formatted(number) + "x".repeat(number == 0 ? 196 : 40))
                .toList();
        longest = dashboard.service().key(AccessKeySettings.named("W".repeat(LONGEST_NAME), ScopeSet.of(scopes)));
        String user = "w".repeat(64);
        page.api("POST", "users", Map.of("username", user, "password", Page.PASSWORD, "role", "developer"));
    }

    @AfterEach
    void nothingElse() {
        browser.show(Look.DESK);
        dashboard.isQuiet();
    }

    private static void show(String hash, String text) {
        page.openAs("owner");
        page.at(hash);
        page.sees(text);
    }

    /** Every text with the override stands alone in an isolate, and no attribute and no title has it. */
    private static void isIsolated(String view) {
        assertThat((List<?>) browser.value("""
                        (() => {
                            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                            const loose = [];
                            while (texts.nextNode()) {
                                const text = texts.currentNode;
                                if (text.data.includes('\\u202e') && text.parentElement.localName !== 'bdi'
                                    && text.parentElement.localName !== 'textarea') {
                                    loose.push(text.data);
                                }
                            }
                            for (const element of document.querySelectorAll('*')) {
                                for (const {name, value} of element.attributes) {
                                    if (value.includes('\\u202e') && name !== 'value') {
                                        loose.push(name + '=' + value);
                                    }
                                }
                            }
                            return document.title.includes('\\u202e') ? [...loose, document.title] : loose;
                        })()""")).as(view).isEmpty();
    }

    @Test
    void namesThatTurnTheDirection_areIsolated_everywhere() {
        show("#/keys", "invoice");
        isIsolated("list");
        show("#/keys/" + turned.key().id(), "Secrets");
        page.sees("\\u202e");
        isIsolated("key");
        page.press("Rotate");
        isIsolated("rotate");
        page.press("Cancel");
        page.noDialog();
        page.press("Disable");
        page.sees("is disabled");
        isIsolated("notice");
        page.press("Edit");
        page.isAt("Edit the key");
        page.sees("More settings");
        isIsolated("edit");
        page.type("Name", "another");
        page.press("Scopes");
        page.sees("are not saved");
        isIsolated("leave");
        page.press("Leave without saving");
        page.isAt("Scopes");
        page.sees("invoice");
        isIsolated("scopes");
        show("#/audit", "key.create");
        browser.driver().executeScript("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        page.sees("\\u202e");
        isIsolated("audit");
    }

    @Test
    void aNameThatCannotBeTyped_isDeletedByItsId() {
        NewAccessKey key = dashboard.service().key(AccessKeySettings.named(TURNED, ScopeSet.of(List.of("fx"))));
        show("#/keys/" + key.key().id(), "Secrets");
        page.press("Delete");
        isIsolated("delete");
        page.type("The key’s id", key.key().id());
        page.press("Delete for good");
        page.sees("is deleted.");
        isIsolated("deleted");
    }

    @Test
    void problemsThatQuoteAText_quoteItWithoutControls() {
        show("#/keys", "invoice");
        browser.driver().executeScript("""
                window.fetch = async () => new Response(JSON.stringify({detail: 'No key invoice\\u202egpj.exe.'}), {status: 404});
                """);
        page.press("Scopes");
        page.sees("No key invoicegpj.exe.");
    }

    @Test
    void theLongestNamesAndScopes_leaveTheirNeighboursWhole() {
        show("#/keys", "WWW");
        isWhole("long-keys");
        show("#/keys/" + longest.key().id(), "Secrets");
        isWhole("long-key");
        page.press("Delete");
        isWhole("long-delete");
        show("#/keys/" + longest.key().id() + "/edit", "More settings");
        isWhole("long-edit");
        show("#/scopes", "xxx");
        isWhole("long-scopes");
        show("#/users", "www");
        isWhole("long-users");
        show("#/audit", "key.create");
        isWhole("long-audit");
    }

    @Test
    void aLongCatalogue_isSearched_byNameAndDescription() {
        show("#/scopes", "xxx");
        page.type("Find a scope", "S07:");
        page.seesRows("td.main", "s07:" + "x".repeat(40));
        page.type("Find a scope", "gpj");
        page.seesRows("td.main", "fx");
        page.type("Find a scope", "nothing of that name");
        page.sees("No scope matches.");
    }

    /** No button, state or time stands on two lines, nothing is wider than the window, and nothing leaves its cell. */
    private static void isWhole(String name) {
        for (Look look : List.of(Look.DESK, Look.PHONE)) {
            browser.show(look);
            assertThat((List<?>) browser.value("""
                            [...document.querySelectorAll('main .button, main .badge, main time, dialog .button')]
                                .filter((short) => short.getClientRects().length > 1
                                    || short.getBoundingClientRect().height > 42)
                                .map((short) => short.outerHTML)"""))
                    .as("%s, %s: on several lines", name, look)
                    .isEmpty();
            assertThat((List<?>) browser.value("""
                            [...document.querySelectorAll('td, dd, dialog')]
                                .filter((cell) => cell.scrollWidth > cell.clientWidth + 1)
                                .map((cell) => cell.outerHTML)"""))
                    .as("%s, %s: wider than its cell", name, look)
                    .isEmpty();
        }
        browser.show(Look.DESK);
        Soundness.checkTexts(browser, name);
    }
}
