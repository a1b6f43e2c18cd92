package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.ApiClient;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.http.dashboard.browser.Soundness;
import dev.latchkey.permission.Role;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** What users of the least role do for themselves: another password, and an end to their other sessions. */
@Tag("browser")
class AccountTest {
    private static final String NEW = "another password of words";

    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Page page = dashboard.page();

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    /** The name is as long as names get. */
    private static String newUser(Look look) {
        String name = look.name().toLowerCase(Locale.ROOT)
                + "w".repeat(64 - look.name().length());
        dashboard.service().services().users().add(Page.OWNER, name, Role.DEVELOPER, Page.PASSWORD);
        return name;
    }

    @OnDeskAndPhone
    void ownSessionsElsewhere_areShownAndEnded_andThePasswordIsChanged_byKeyboard(Look look) {
        dashboard.browser().show(look);
        String name = newUser(look);
        ApiClient elsewhere = ApiClient.signedIn(dashboard.service(), name, Page.PASSWORD);
        page.openAs(name);
        page.focus().tabTo("a.who-name").sendKeys(Keys.ENTER);
        page.isAt("Your account");
        page.sees("127.0.0.1");
        Soundness.checkOnce(page.browser(), "account", look);
        page.focus().tabTo("main section .danger").sendKeys(Keys.ENTER);
        page.sees("this is your only session");
        assertThat(elsewhere.get("/api/session").statusCode()).isEqualTo(401);

        page.focus().tabTo("a.skip").sendKeys(Keys.ENTER);
        page.focus().tabTo("[name=current]").sendKeys("a wrong password", Keys.TAB, NEW, Keys.ENTER);
        assertThat(page.errorAt("New password again")).isEqualTo("must not be empty");
        page.focus().comesTo("[name=again]");
        page.focus().element().sendKeys("not the same", Keys.ENTER);
        assertThat(page.errorAt("New password again")).isEqualTo("is not the same");
        page.type("New password again", NEW);
        page.focus().element().sendKeys(Keys.ENTER);
        assertThat(page.errorAt("Current password")).isEqualTo("is not your password");
        page.focus().comesTo("[name=current]");
        page.type("Current password", Page.PASSWORD);
        page.focus().element().sendKeys(Keys.ENTER);
        page.sees("Your password is changed.");
        assertThat(page.valueOf("New password")).isEmpty();
        page.press("Access keys");
        page.isAt("Access keys");
        assertThat(ApiClient.signIn(dashboard.service(), name, NEW).statusCode())
                .isEqualTo(200);
    }
}
