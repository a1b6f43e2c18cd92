package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The keyboard alone suffices, and the focus is where one expects it. */
@Tag("browser")
class KeyboardTest {
    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Page page = dashboard.page();

    @BeforeAll
    static void start() {
        dashboard.service().key("fx", "vault");
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    @Test
    void aKey_isCreatedRotatedAndDeleted() {
        page.open();
        page.focus().comesTo("[name=username]");
        page.focus().element().sendKeys("owner", Keys.TAB, Page.PASSWORD, Keys.ENTER);
        page.isAt("Access keys");
        page.focus().tabTo("a[href='#/keys/new']").sendKeys(Keys.ENTER);
        page.isAt("Create a key");
        page.sees("All 2 in the catalogue");
        page.focus().tabTo("input[name=name]").sendKeys("by keyboard");
        page.focus().tabTo("input[value=vault]").sendKeys(Keys.SPACE);
        page.focus().element().sendKeys(Keys.ENTER);
        page.isAt("“by keyboard” is ready");
        page.focus().comesTo("section[aria-label='The secret']");
        page.focus().tabTo("[aria-label='Copy the client secret']").sendKeys(Keys.ENTER);
        page.sees("Copied the client secret.");
        page.focus().tabTo("main .buttons a.primary").sendKeys(Keys.ENTER);
        page.isAt("by keyboard");
        page.sees("Secrets");

        page.focus().tabTo(".deeds button").sendKeys(Keys.ENTER);
        page.sees("Make a new secret");
        page.focus().element().sendKeys(Keys.ESCAPE);
        page.noDialog();
        assertThat(page.focus().element().getText()).isEqualTo("Rotate");
        page.focus().element().sendKeys(Keys.ENTER);
        page.sees("Make a new secret");
        page.focus().tabTo("dialog [type=submit]").sendKeys(Keys.ENTER);
        page.noDialog();
        page.focus().comesTo("section[aria-label='The secret']");
        page.focus().tabTo("[aria-label='Copy the client secret']").sendKeys(Keys.ENTER);
        page.sees("Copied the client secret.");

        page.focus().tabTo(".deeds .danger").sendKeys(Keys.ENTER);
        page.sees("Delete for good");
        page.focus().tabTo("dialog input").sendKeys("by keyboard", Keys.ENTER);
        page.isAt("Access keys");
        // A notice still names it.
        dashboard.browser().waiting().until(driver -> keys().contains("test key") && !keys().contains("by keyboard"));
    }

    private static List<String> keys() {
        return page.texts("tbody .name");
    }

    @Test
    void whatIsRemoved_leavesTheFocusInTheView() {
        page.openAs("owner");
        page.api("POST", "scopes", Map.of("name", "brief", "description", ""));
        page.at("#/scopes");
        page.press("Remove brief");
        page.press("Remove");
        page.sees("Removed the scope brief.");
        page.focus().comesTo("#content");
    }

    @Test
    void aSecretThatIsPutAway_leavesTheFocusInTheView() {
        page.openAs("owner");
        page.at("#/keys/" + dashboard.service().key("fx").key().id());
        page.press("Rotate");
        page.press("Make a new secret");
        page.sees("Copy the secret now");
        page.press("Done");
        page.press("Leave anyway");
        page.seesNot("Copy the secret now");
        page.focus().comesTo("#content");

        page.at("#/keys/new");
        page.sees("All 2 in the catalogue");
        page.type("Name", "the first of two");
        page.tick("fx");
        page.press("Create key");
        page.isAt("is ready");
        page.press("Copy the client secret");
        page.press("Create another");
        page.isAt("Create a key");
        page.focus().comesTo("#content");
        assertThat(dashboard.browser().value("window.scrollY")).isEqualTo(0L);
    }

    @Test
    void aNewView_hasTheFocus_andTheSkipLinkLeadsThere() {
        page.openAs("owner");
        page.at("#/scopes");
        page.isAt("Scopes");
        page.focus().comesTo("#content");
        page.focus().tabTo("a.skip").sendKeys(Keys.ENTER);
        page.focus().comesTo("#content");
    }

    @Test
    void aMistypedAddress_isNowhere() {
        page.openAs("owner");
        page.at("#/%zz");
        page.isAt("Not here");
        page.at("#/keys/zz");
        page.isAt("Access key");
        page.press("Show all keys");
        page.isAt("Access keys");
    }
}
