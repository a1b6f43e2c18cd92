package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.http.dashboard.browser.Browser;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Focus;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.http.dashboard.browser.Soundness;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/**
 * The pages that show most, by keyboard alone: the tab key comes to each of their controls, each shows that it has the focus,
 * and what is done there leaves the focus where one goes on. The names are as long as names get and of letters of both
 * directions.
 */
@Tag("browser")
class KeyboardPagesTest {
    private static final String MIXED = "Zürich مفتاح 🔑 ";
    private static final String LONGEST = MIXED.repeat(14).substring(0, 200);
    private static final int SCOPES = 14;

    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Browser browser = dashboard.browser();
    private static final Page page = dashboard.page();
    private static final Focus focus = page.focus();

    private static final List<String> scopes = IntStream.range(0, SCOPES)
            .mapToObj(number -> "s%02d:".formatted(number) + "x".repeat(number == 0 ? 196 : 30))
            .toList();
    private static NewAccessKey longest;

    @BeforeAll
    static void start() {
        page.openAs("owner");
        scopes.forEach(name -> page.api("POST", "scopes", Map.of("name", name, "description", MIXED.repeat(10))));
        longest = add(LONGEST, null);
        dashboard.service().clock().advance(Duration.ofDays(100));
        add("ends soon", dashboard.service().clock().instant().plus(Duration.ofDays(3)));
        dashboard
                .service()
                .services()
                .accessKeys()
                .rotate(Page.OWNER, add("rotated", null).key().id(), Duration.ofDays(1));
        page.openAs("owner");
    }

    private static NewAccessKey add(String name, @Nullable Instant end) {
        return dashboard
                .service()
                .key(new AccessKeySettings(
                        name,
                        MIXED.repeat(20),
                        ScopeSet.of(scopes),
                        true,
                        null,
                        List.of(),
                        null,
                        CustomClaims.NONE,
                        end));
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    private static void show(Look look, String name, String hash, String text) {
        browser.show(look);
        page.at("#/account");
        page.isAt("Your account");
        page.at(hash);
        page.sees(text);
        goesThrough(look, name);
    }

    private static void goesThrough(Look look, String name) {
        focus.goesThroughThePage();
        if (look == Look.DESK) {
            Soundness.checkTexts(browser, "keyboard-" + name);
        }
    }

    @OnDeskAndPhone
    void aKeysPage_opensItsProgramsAndCopiesThem_andMakesOneLikeIt(Look look) {
        show(look, "key", "#/keys/" + longest.key().id(), "YOUR_SECRET");
        page.sees("The key has never been used since");
        focus.tabTo("[aria-label='Clients that use the key'] summary").sendKeys(Keys.ENTER);
        page.sees("public class Token");
        focus.tabTo("[aria-label='Copy the Java program']").sendKeys(Keys.ENTER);
        page.sees("Copied the Java program.");
        assertThat(focus.element().getText()).isEqualTo("Copied");
        focus.tabTo("pre[aria-label='Token.java']").sendKeys(Keys.ARROW_RIGHT);
        browser.waiting()
                .until(driver ->
                        !browser.value("document.activeElement.scrollLeft").equals(0L));
        focus.tabTo("[aria-label='Clients that use the key'] details:nth-of-type(2) summary")
                .sendKeys(Keys.SPACE);
        page.sees("URLSearchParams");
        focus.element().sendKeys(Keys.SPACE);
        page.seesNot("URLSearchParams");

        focus.tabTo(".deeds [href*=like]").sendKeys(Keys.ENTER);
        page.isAt("Create a key like “Zürich");
        focus.comesTo("#content");
        goesThrough(look, "create-like");
        focus.tabTo("[name=name]").sendKeys("like it", Keys.ENTER);
        page.isAt("“like it” is ready");
        focus.comesTo("[aria-label='The secret']");
        focus.tabTo("[aria-label='Copy the client secret']").sendKeys(Keys.ENTER);
        page.sees("Copied the client secret.");
        dashboard.service().services().accessKeys().delete(Page.OWNER, page.takeaway("Client id"), null);
    }

    @OnDeskAndPhone
    void theServicePage_copiesAddresses(Look look) {
        show(look, "service", "#/service", "/connect/token");
        focus.tabTo("[aria-label='Copy the Token endpoint']").sendKeys(Keys.SPACE);
        page.sees("Copied the Token endpoint.");
        assertThat(focus.element().getText()).isEqualTo("Copied");
        focus.tabTo(".notices .close").sendKeys(Keys.ENTER);
        page.seesNot("Copied the Token endpoint.");
        focus.comesTo("main button");
    }

    @OnDeskAndPhone
    void scopes_areFoundAddedAndRemoved(Look look) {
        show(look, "scopes", "#/scopes", "s07:");
        focus.tabTo("summary").sendKeys(Keys.ENTER);
        focus.tabTo("[name=scope-name]").sendKeys("brief", Keys.TAB, "نص قصير 🔑", Keys.ENTER);
        page.sees("Added the scope brief.");
        focus.comesTo("[name=scope-name]");
        focus.tabTo("[type=search]").sendKeys("قصير");
        page.seesRows("td.main", "brief");
        focus.tabTo("[aria-label='Remove brief']").sendKeys(Keys.ENTER);
        page.sees("Remove the scope brief?");
        focus.goesThroughThePage();
        focus.element().sendKeys(Keys.ESCAPE);
        page.noDialog();
        focus.comesTo("[aria-label='Remove brief']");
        focus.element().sendKeys(Keys.SPACE);
        focus.tabTo("dialog [type=submit]").sendKeys(Keys.ENTER);
        page.sees("Removed the scope brief.");
        focus.comesTo("#content");
    }

    @OnDeskAndPhone
    void theList_isNarrowedSortedAndSearched(Look look) {
        show(look, "keys", "#/keys", "1 key still has an old secret");
        focus.tabTo("[name=enabled]").sendKeys(Keys.END);
        page.seesRows("tbody .name", "rotated");
        focus.comesTo("[name=enabled]");
        focus.element().sendKeys(Keys.HOME);
        page.sees("3 keys");
        focus.comesTo("[name=enabled]");
        focus.tabTo("[name=sort]").sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
        page.seesRows("tbody .name", "ends soon", "rotated", LONGEST.strip());
        focus.comesTo("[name=sort]");
        focus.tabTo("[name=q]").sendKeys("soon");
        page.seesRows("tbody .name", "ends soon");
        focus.comesTo("[name=q]");
        focus.element().sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        page.sees("3 keys");
        focus.tabTo(".attention a").sendKeys(Keys.ENTER);
        page.seesRows("tbody .name", "ends soon");
        focus.comesTo("#content");
    }
}
