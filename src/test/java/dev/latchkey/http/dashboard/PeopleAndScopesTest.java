package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.http.dashboard.browser.Soundness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Scopes, users and the audit log, as an Owner sees them. */
@Tag("browser")
class PeopleAndScopesTest {
    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Page page = dashboard.page();

    @BeforeAll
    static void start() {
        dashboard.service().key("held");
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    private static void signIn(Look look) {
        dashboard.browser().show(look);
        page.openAs("owner");
        page.sees("test key");
    }

    @OnDeskAndPhone
    void scopes_areAddedAndRemoved(Look look) {
        signIn(look);
        page.at("#/scopes");
        page.press("Add a scope");
        page.type("Scope name", "two words");
        page.press("Add scope");
        assertThat(page.errorAt("Scope name")).contains("printable ASCII");
        page.type("Scope name", "brief");
        page.press("Add scope");
        page.sees("Added the scope brief.");
        page.press("Remove brief");
        page.press("Remove");
        page.sees("Removed the scope brief.");
        page.noDialog();
        page.browser().waiting().until(driver -> !page.texts("td.main").contains("brief"));
    }

    @Test
    void aScopeThatAKeyHas_staysAndLeadsToTheKey() {
        signIn(Look.DESK);
        page.at("#/scopes");
        page.press("Remove held");
        page.press("Remove");
        page.sees("Show the keys that have it");
        page.press("Show the keys that have it");
        page.isAt("Access keys");
        assertThat(page.valueOf("Search")).isEqualTo("held");
        page.sees("test key");
    }

    @OnDeskAndPhone
    void users_areAddedChangedAndRemoved(Look look) {
        signIn(look);
        page.at("#/users");
        page.press("Add a user");
        page.type("User name", "ann");
        page.type("Password", "short");
        page.press("Add user");
        assertThat(page.errorAt("Password")).contains("12");
        page.press("Make one up");
        assertThat(page.valueOf("Password")).hasSize(24);
        page.type("Password", Page.PASSWORD);
        page.press("Add user");
        page.sees("ann may sign in now.");

        page.press("Change the role of ann");
        page.choose("Role", "admin");
        page.press("Change role");
        page.sees("ann is admin now.");
        page.press("Set a password for ann");
        page.press("Make one up");
        page.press("Set password");
        page.sees("ann has a new password.");
        page.press("Remove ann");
        page.press("Remove user");
        page.sees("ann is removed.");
        page.noDialog();
        page.seesRows("td.main", "owner (you)");
    }

    @Test
    void theLastOwner_staysOne() {
        signIn(Look.DESK);
        page.at("#/users");
        page.press("Remove owner");
        page.press("Remove user");
        page.sees("Owner");
        assertThat(page.texts("dialog [role=alert]")).hasSize(1);
    }

    @Test
    void theAuditLog_isFilteredBySubjectAndAction() {
        signIn(Look.DESK);
        String name = "traced";
        page.api("POST", "scopes", Map.of("name", name, "description", ""));
        page.at("#/audit");
        page.sees(name);
        page.choose("What", "Keys created");
        page.seesNot(name);
        assertThat(page.texts(".event-head .chip")).containsOnly("key.create");
        page.choose("What", "Everything");
        page.type("Subject", name);
        page.seesRows(".event-head .chip", "scope.add");
        page.press("Details");
        page.sees("\"name\": \"" + name + '"');
        page.type("Subject", "nothing of that name");
        page.sees("Nothing matches");
    }

    @OnDeskAndPhone
    void theAuditLog_isFilteredByNameOfTheKey_byWho_andByWhen(Look look) {
        signIn(look);
        String name = "a key of " + look;
        page.api("POST", "keys", Map.of("name", name, "scopes", List.of("held")));
        page.at("#/audit");
        page.type("Subject", name);
        page.seesRows(".event-head .chip", "key.create");
        page.sees(name);
        page.type("Who", "owner");
        page.choose("When", "The last hour");
        page.seesRows(".event-head .chip", "key.create");
        Soundness.checkOnce(page.browser(), "audit-filters", look);
        page.type("Who", "developer");
        page.sees("Nothing matches");
        page.type("Who", "");
        page.type("Subject", "");
        page.choose("What", "Sign-ins");
        page.sees("session.create");
    }
}
