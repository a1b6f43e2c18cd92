package dev.latchkey.http.dashboard;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.http.dashboard.browser.Browser;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.http.dashboard.browser.Soundness;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every view that an Owner opens, light and dark, wide and narrow. */
@Tag("browser")
class AppearanceTest {
    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Browser browser = dashboard.browser();
    private static final Page page = dashboard.page();

    private static NewAccessKey key;

    @BeforeAll
    static void start() {
        page.openAs("owner");
        page.api("POST", "scopes", Map.of("name", "orders:read", "description", "Read orders and their history"));
        page.api("POST", "scopes", Map.of("name", "orders:write", "description", "Create and change orders"));
        page.api("POST", "scopes", Map.of("name", "vault", "description", ""));
        page.api("POST", "users", Map.of("username", "ann", "password", Page.PASSWORD, "role", "developer"));
        dashboard
                .service()
                .key(AccessKeySettings.named("Old importer", ScopeSet.of(List.of("vault")))
                        .withEnabled(false));
        dashboard.service().clock().advance(Duration.ofHours(30));
        add("Checkout, staging", "orders:read", "orders:write");
        add("Partner “Contoso”", "orders:read");
        dashboard.service().clock().advance(Duration.ofMinutes(50));
        key = add("Billing service, production", "orders:read", "orders:write", "vault");
        dashboard.service().token(key, "");
        page.openAs("owner");
    }

    private static NewAccessKey add(String name, String... scopes) {
        return dashboard.service().key(AccessKeySettings.named(name, ScopeSet.of(List.of(scopes))));
    }

    @Test
    void signIn() {
        page.open();
        isSound("sign-in");
        page.openAs("owner");
    }

    @Test
    void keys() {
        show("#/keys", "Billing service");
        isSound("keys");
    }

    @Test
    void createAKey() {
        show("#/keys/new", "More settings");
        page.press("More settings");
        page.press("Create key");
        page.sees("Please correct what is marked.");
        isSound("create");
    }

    @Test
    void aFreshKey() {
        show("#/keys/new", "More settings");
        page.type("Name", "Reporting");
        page.tick("orders:read");
        page.press("Create key");
        page.sees("Copy the secret now");
        page.press("Try it here");
        page.sees("Signature verified");
        page.press("Python");
        page.press("nginx, without any code");
        isSound("fresh-key");
        page.openAs("owner");
    }

    @Test
    void aKey() {
        show("#/keys/" + key.key().id(), "Secrets");
        isSound("key");
        page.press("Rotate");
        isSound("rotate");
    }

    @Test
    void deleteAKey() {
        show("#/keys/" + key.key().id(), "Secrets");
        page.press("Delete");
        isSound("delete");
    }

    @Test
    void edit() {
        show("#/keys/" + key.key().id() + "/edit", "More settings");
        isSound("edit");
    }

    @Test
    void scopes() {
        show("#/scopes", "vault");
        page.press("Add a scope");
        isSound("scopes");
        page.press("Remove vault");
        isSound("remove-scope");
    }

    @Test
    void users() {
        show("#/users", "ann");
        isSound("users");
        page.press("Add a user");
        isSound("add-user");
    }

    @Test
    void signingKeys() {
        show("#/signing-keys", "JWK Set");
        isSound("signing-keys");
        page.press("Rotate");
        isSound("rotate-signing-key");
    }

    @Test
    void audit() {
        show("#/audit", "scope.add");
        page.press("Details");
        isSound("audit");
    }

    @Test
    void service() {
        show("#/service", "/connect/token");
        page.sees("agrees with that of this browser");
        page.sees("not encrypted in the store");
        isSound("service");
        dashboard.service().clock().advance(Duration.ofMinutes(-5));
        page.press("Service");
        page.sees("5 minutes behind that of this browser");
        dashboard.service().clock().advance(Duration.ofMinutes(5));
    }

    private static void show(String hash, String text) {
        page.at(hash);
        page.sees(text);
    }

    private static void isSound(String name) {
        Soundness.check(browser, name);
        dashboard.isQuiet();
    }
}
