package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The signing keys, as an Owner sees them. */
@Tag("browser")
class SigningKeysTest {
    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Page page = dashboard.page();

    private static void openThem(Look look) {
        dashboard.browser().show(look);
        page.openAs("owner");
        page.at("#/signing-keys");
        page.sees("signs tokens now");
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    @OnDeskAndPhone
    void rotate_letsTheNextOneSign_onceItIsKnownEverywhere(Look look) {
        openThem(look);
        List<String> before = kids();
        String next = before.get(states().indexOf("next"));
        page.press("Rotate");
        page.press("Rotate");
        page.sees("is published since");
        assertThat(page.texts("dialog [role=alert]")).hasSize(1);

        dashboard.service().clock().advance(Duration.ofMinutes(6));
        page.press("Rotate");
        page.sees("The next key signs now.");
        page.noDialog();
        dashboard.browser().waiting().until(driver -> kids().size() == before.size() + 1);
        assertThat(states()).containsOnlyOnce("active").containsOnlyOnce("next").contains("retired");
        assertThat(kids().get(states().indexOf("active"))).isEqualTo(next);
        assertThat(page.focus().element().getText()).isEqualTo("Rotate");
    }

    @Test
    void compromised_isWarnedOf_andDropsTheKey() {
        openThem(Look.DESK);
        String leaked = kids().get(states().indexOf("active"));
        page.press("Rotate");
        page.choose("It signs", "now, and drop the old one: its private part has leaked");
        page.sees("Every token signed by the old key stops verifying at once.");
        page.press("Rotate");
        page.sees("The next key signs now.");
        dashboard.browser().waiting().until(driver -> !kids().contains(leaked));
    }

    private static List<String> kids() {
        return page.texts("tbody td.main .id");
    }

    private static List<String> states() {
        return page.texts("tbody [data-label=State] .badge");
    }
}
