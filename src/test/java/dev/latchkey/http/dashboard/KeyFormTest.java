package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.dashboard.browser.Browser;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/** The form of a key: every setting, and what is wrong beside its field. */
@Tag("browser")
class KeyFormTest {
    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Browser browser = dashboard.browser();
    private static final Page page = dashboard.page();

    @BeforeAll
    static void start() {
        dashboard.service().key("fx", "vault");
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    private static void newForm(Look look) {
        dashboard.browser().show(look);
        page.openAs("owner");
        page.at("#/keys/new");
        page.sees("All 2 in the catalogue");
    }

    @Test
    void whileItIsCreated_theButtonIsBusy_andASecondPressDoesNothing() {
        newForm(Look.DESK);
        browser.driver().executeScript("""
                const real = window.fetch;
                window.calls = 0;
                window.fetch = (url, options) => options.method !== 'POST' ? real(url, options)
                    : new Promise((answer) => {
                        window.calls += 1;
                        window.late = () => answer(real(url, options));
                    });
                """);
        page.type("Name", "slow");
        page.tick("fx");
        page.press("Create key");
        page.press("Create key");
        assertThat(page.texts("[type=submit][aria-busy=true]")).containsExactly("Create key");
        assertThat(browser.value("window.calls")).isEqualTo(1L);
        browser.driver().executeScript("window.late()");
        page.isAt("“slow” is ready");
    }

    /** What stood there before the scopes came would be pushed away from under the pointer. */
    @OnDeskAndPhone
    void theForm_isDrawnOnceItsScopesAreThere(Look look) {
        String id = dashboard.service().key("fx").key().id();
        browser.show(look);
        for (String form : List.of("#/keys/new", "#/keys/" + id + "/edit")) {
            page.openAs("owner");
            browser.hold("/api/scopes", () -> page.at(form), () -> {
                page.sees("Loading…");
                assertThat(browser.has(By.cssSelector("main form"))).as(form).isFalse();
            });
            page.press("More settings");
            page.type("Trusted workloads (optional)", "[]");
            page.sees("All 2 in the catalogue");
        }
    }

    @Test
    void anExpiry_isAnyTime_butATime() {
        newForm(Look.DESK);
        page.type("Name", "until then");
        page.tick("fx");
        page.choose("Expires", "At a time of your choice");
        setTime("");
        page.press("Create key");
        assertThat(page.errorAt("Time (your time zone)")).isEqualTo("must be a date and a time");
        setTime("2026-02-01T08:00:00");
        page.sees("This time has passed; the key gets no tokens.");
        setTime("2026-07-01T08:00:00");
        page.press("Create key");
        page.isAt("is ready");
    }

    /** The parts of the field are in an order that the machine's language chooses, so they are not typed. */
    private static void setTime(String local) {
        browser.driver().executeScript("""
                const field = document.querySelector('[name=expires-at]');
                field.value = arguments[0];
                field.dispatchEvent(new Event('input', {bubbles: true}));
                """, local);
    }

    @OnDeskAndPhone
    void everySetting_reachesTheKey(Look look) {
        newForm(look);
        page.type("Name", "all of it");
        page.type("Description (optional)", "two\nlines");
        page.tick("All 2");
        page.choose("Expires", "In 90 days");
        page.press("More settings");
        page.type("Token lifetime (optional)", "15");
        page.type("Audiences (optional)", "https://a.example\nhttps://b.example");
        page.type("Claims (optional)", "{\"tenant\": {\"id\": 7}}");
        page.choose("May it call Latchkey’s own management API?", "Yes, as developer");
        page.press("Create key");
        page.isAt("“all of it” is ready");

        Map<String, Object> key = page.api("GET", "keys/" + page.takeaway("Client id"), Map.of());
        assertThat(key)
                .containsEntry("description", "two\nlines")
                .containsEntry("scopes", List.of("fx", "vault", "latchkey:developer"))
                .containsEntry(
                        "expires_at",
                        dashboard
                                .service()
                                .clock()
                                .instant()
                                .plus(Duration.ofDays(90))
                                .toString())
                .containsEntry("token_lifetime", 900L)
                .containsEntry("audience", List.of("https://a.example", "https://b.example"))
                .containsEntry("claims", Map.of("tenant", Map.of("id", 7L)));
    }

    @Test
    void oneLikeAnother_hasItsSettings_butNotItsName() {
        newForm(Look.DESK);
        Map<String, Object> model = page.api(
                "POST",
                "keys",
                Map.of(
                        "name",
                        "model",
                        "description",
                        "two\nlines",
                        "scopes",
                        List.of("vault", "latchkey:developer"),
                        "token_lifetime",
                        900,
                        "audience",
                        List.of("https://a.example"),
                        "claims",
                        Map.of("tenant", 7),
                        "expires_at",
                        "2026-07-01T08:00:00Z"));
        page.at("#/keys/" + model.get("id"));
        page.sees("YOUR_SECRET");
        page.press("Create one like it");
        page.isAt("Create a key like “model”");
        assertThat(page.valueOf("Name")).isEmpty();
        page.type("Name", "like it");
        page.press("Create key");
        page.isAt("“like it” is ready");

        Map<String, Object> made = page.api("GET", "keys/" + page.takeaway("Client id"), Map.of());
        for (String same :
                List.of("description", "scopes", "token_lifetime", "audience", "claims", "jwks", "expires_at")) {
            assertThat(made).as(same).containsEntry(same, model.get(same));
        }
    }

    @OnDeskAndPhone
    void whatIsWrong_standsBesideItsField(Look look) {
        newForm(look);
        page.press("More settings");
        page.press("Create key");
        assertThat(page.errorAt("Name")).contains("1 to 200 characters");
        assertThat(page.focus().element().getDomAttribute("name")).isEqualTo("name");
        page.sees("choose at least one scope");

        page.type("Token lifetime (optional)", "1441");
        page.type("Claims (optional)", "{\"iss\": 1}");
        page.press("Create key");
        assertThat(page.errorAt("Claims (optional)")).contains("must not hold \"iss\"");

        page.type("Claims (optional)", "{tenant");
        page.press("Create key");
        page.sees("is not JSON");
    }
}
