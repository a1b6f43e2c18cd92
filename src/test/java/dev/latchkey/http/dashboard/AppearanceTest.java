package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.accesskey.ScopeSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every view, light and dark, wide and narrow: readable by all, and never wider than the window. */
class AppearanceTest {
    private static final String AXE = read("/axe.min.js");
    private static final List<String> GRAVE = List.of("serious", "critical");
    private static final int WIDE = 1280;
    private static final int NARROW = 375;

    @TempDir
    static Path folder;

    private static Dashboard dashboard;
    private static Browser browser;
    private static Page page;
    private static NewAccessKey key;

    @BeforeAll
    static void start() {
        dashboard = Dashboard.start(folder);
        browser = dashboard.browser();
        page = dashboard.page();
        page.openAs("owner");
        page.api("POST", "scopes", Map.of("name", "orders:read", "description", "Read orders and their history"));
        page.api("POST", "scopes", Map.of("name", "orders:write", "description", "Create and change orders"));
        page.api("POST", "scopes", Map.of("name", "vault", "description", ""));
        page.api("POST", "users", Map.of("username", "ann", "password", Page.PASSWORD, "role", "developer"));
        add("Old importer", "vault");
        dashboard.service().clock().advance(Duration.ofHours(30));
        add("Checkout, staging", "orders:read", "orders:write");
        add("Partner “Contoso”", "orders:read");
        dashboard.service().clock().advance(Duration.ofMinutes(50));
        key = add("Billing service, production", "orders:read", "orders:write", "vault");
        dashboard.service().token(key, "");
        page.openAs("owner");
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    private static NewAccessKey add(String name, String... scopes) {
        return dashboard.service().key(AccessKeySettings.named(name, ScopeSet.of(List.of(scopes))));
    }

    @Test
    void signIn() {
        page.open();
        isSound("sign-in");
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
        page.press("nginx, without any code");
        isSound("fresh-key");
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
    }

    @Test
    void audit() {
        show("#/audit", "scope.add");
        page.press("Details");
        isSound("audit");
    }

    private static void show(String hash, String text) {
        page.openAs("owner");
        page.at(hash);
        page.sees(text);
    }

    /** Looks at what is shown now. */
    private static void isSound(String name) {
        for (boolean dark : List.of(false, true)) {
            browser.dark(dark);
            assertThat(grave()).as(name + (dark ? ", dark" : ", light")).isEmpty();
            browser.picture(name + (dark ? "-dark" : ""));
        }
        browser.width(NARROW);
        assertThat(browser.value("document.documentElement.scrollWidth"))
                .as(name + " at 375 px")
                .isEqualTo((long) NARROW);
        browser.picture(name + "-375");
        browser.width(WIDE);
        browser.dark(false);
        assertThat(browser.complaints()).isEmpty();
        assertThat(dashboard.foreignRequests()).isEmpty();
    }

    /** What axe finds serious or critical. It is put into the page once for each load. */
    @SuppressWarnings("unchecked")
    private static List<String> grave() {
        if (Boolean.FALSE.equals(browser.value("typeof window.axe === 'object'"))) {
            browser.driver().executeScript(AXE);
        }
        return (List<String>) browser.driver().executeAsyncScript("""
                        const [grave, done] = arguments;
                        axe.run(document, {resultTypes: ['violations']}).then(({violations}) => done(violations
                            .filter(({impact}) => grave.includes(impact))
                            .flatMap(({id, nodes}) => nodes.map((node) => id + ': ' + node.failureSummary + node.html))));
                        """, GRAVE);
    }

    private static String read(String resource) {
        try (InputStream in = AxeBuilder.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
