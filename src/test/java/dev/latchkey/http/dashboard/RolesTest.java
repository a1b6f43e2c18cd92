package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
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

/** Each role is offered what it may do, and nothing else. */
@Tag("browser")
class RolesTest {
    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Page page = dashboard.page();

    @BeforeAll
    static void start() {
        key = dashboard.service().key("fx");
        page.openAs("owner");
        for (String role : List.of("developer", "admin")) {
            page.api("POST", "users", Map.of("username", role, "password", Page.PASSWORD, "role", role));
        }
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    private static NewAccessKey key;

    @OnDeskAndPhone
    void developer_createsKeys_andChangesNothing(Look look) {
        dashboard.browser().show(look);
        page.openAs("developer");
        page.sees("test key");
        assertThat(places()).containsExactly("Access keys", "Scopes", "Service");
        showsKeyWithoutDeeds();
        assertThat(page.texts("#history")).isEmpty();
        page.at("#/scopes");
        page.sees("fx");
        assertThat(page.offers("Add a scope")).isFalse();
        assertThat(page.offers("Remove fx")).isFalse();
        page.at("#/service");
        page.sees("SQLite");
        isNowhere("#/users", "#/audit", "#/signing-keys", "#/keys/" + key.key().id() + "/edit");
        Soundness.checkOnce(page.browser(), "not-here", look);
        isRefused(changes());
        isRefused(List.of("GET users", "GET audit", "GET signing-keys"));
        createsAKey();
    }

    @OnDeskAndPhone
    void admin_readsUsersAndTheAuditLog_andChangesNothing(Look look) {
        dashboard.browser().show(look);
        page.openAs("admin");
        page.sees("test key");
        assertThat(places()).containsExactly("Access keys", "Scopes", "Users", "Audit", "Service");
        showsKeyWithoutDeeds();
        page.seesRows(".events .chip", "key.create");
        page.at("#/audit");
        page.isAt("Audit");
        page.sees("key.create");
        page.at("#/users");
        page.sees("developer");
        assertThat(page.offers("Add a user")).isFalse();
        assertThat(page.offers("Remove developer")).isFalse();
        isNowhere("#/signing-keys", "#/keys/" + key.key().id() + "/edit");
        isRefused(changes());
        isRefused(List.of("GET signing-keys"));
        createsAKey();
    }

    @OnDeskAndPhone
    void owner_isOfferedEverything(Look look) {
        dashboard.browser().show(look);
        page.openAs("owner");
        page.sees("test key");
        page.at("#/nowhere");
        page.isAt("Not here");
        assertThat(places())
                .containsExactly("Access keys", "Scopes", "Users", "Signing keys", "Issuers", "Audit", "Service");
        page.at("#/keys/" + key.key().id());
        page.isAt("test key");
        assertThat(List.of("Edit", "Rotate", "Disable", "Delete")).allMatch(page::offers);
    }

    @OnDeskAndPhone
    void signOut_endsTheSession(Look look) {
        dashboard.browser().show(look);
        page.openAs("developer");
        page.press("Sign out");
        page.seesNot("Sign out");
        page.sees("User name");
        page.browser().driver().navigate().refresh();
        page.sees("User name");
    }

    @Test
    void whatIsMissing_isSaidBesideItsField() {
        dashboard.browser().show(Look.DESK);
        page.open();
        page.press("Sign in");
        assertThat(page.errorAt("User name")).isNotEmpty();
        page.focus().comesTo("[name=username]");
    }

    @Test
    void aWrongPassword_isSaid() {
        dashboard.browser().show(Look.DESK);
        page.open();
        page.type("User name", "owner");
        page.type("Password", "not the password");
        page.press("Sign in");
        page.sees("The name or the password is wrong.");
    }

    private static void showsKeyWithoutDeeds() {
        page.at("#/keys/" + key.key().id());
        page.isAt("test key");
        assertThat(List.of("Edit", "Rotate", "Disable", "Delete")).noneMatch(page::offers);
    }

    private static void createsAKey() {
        page.at("#/keys/new");
        page.sees("What tokens of this key may be used for.");
        assertThat(page.offers("Add a scope")).isFalse();
        page.type("Name", "by somebody else");
        page.tick("fx");
        page.press("Create key");
        page.isAt("is ready");
        page.press("Try it here");
        page.sees("Signature verified");
    }

    private static void isNowhere(String... hashes) {
        for (String hash : hashes) {
            page.at("#/keys");
            page.isAt("Access keys");
            page.at(hash);
            page.isAt("Not here");
        }
    }

    private static List<String> changes() {
        String path = "keys/" + key.key().id();
        return List.of(
                "PATCH " + path,
                "DELETE " + path,
                "POST " + path + "/rotate",
                "POST scopes",
                "DELETE scopes/fx",
                "POST users",
                "PATCH users/owner",
                "DELETE users/owner",
                "POST signing-keys/rotate");
    }

    /** The service refuses what the page does not offer. */
    private static void isRefused(List<String> calls) {
        for (String call : calls) {
            String[] parts = call.split(" ", 2);
            assertThat(page.apiStatus(parts[0], parts[1], Map.of())).as(call).isEqualTo(403);
        }
    }

    private static List<String> places() {
        return page.texts("nav[aria-label=Places] a");
    }
}
