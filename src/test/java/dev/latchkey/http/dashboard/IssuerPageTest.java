package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.http.dashboard.browser.Soundness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An Owner trusts an issuer, lets a key trust a subject of it, and sees what that does. */
@Tag("browser")
class IssuerPageTest {
    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Page page = dashboard.page();

    @BeforeAll
    static void createKey() {
        dashboard.service().key("fx");
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    @Test
    void anIssuer_isTrusted_namedByAKey_andKeptUntilNoKeyNamesIt() {
        dashboard.browser().show(Look.DESK);
        String name = "github";
        String id = dashboard.service().key("fx").key().id();
        page.openAs("owner");
        page.sees("test key");
        page.at("#/issuers");
        page.type("Name", name);
        page.type("Issuer", "http://i.example");
        page.press("Trust it");
        assertThat(page.errorAt("Issuer")).contains("https");
        page.type("Issuer", "https://i.example/" + name);
        page.press("Trust it");
        page.sees("Trusts the issuer " + name + ".");
        page.seesRows("td.main", name);
        Soundness.checkOnce(page.browser(), "issuers", Look.DESK);

        page.api(
                "PATCH",
                "keys/" + id,
                Map.of("federated", List.of(Map.of("issuer", name, "subject", "repo:acme/app"))));
        page.at("#/keys/" + id);
        page.sees("Trusted workloads");
        page.sees("repo:acme/app");

        page.at("#/issuers");
        page.press("Remove " + name);
        page.press("Remove");
        page.sees("still trust subjects");
        dashboard.service().services().accessKeys().delete(Page.OWNER, id, null);
        page.press("Remove");
        page.sees("Removed the issuer " + name + ".");
        page.noDialog();
    }
}
