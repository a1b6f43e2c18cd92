package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.http.dashboard.browser.Soundness;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/** What an Owner does with a key that is there. */
@Tag("browser")
class KeyLifeTest {
    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Page page = dashboard.page();

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    private NewAccessKey key;

    private void openAKey(Look look) {
        dashboard.browser().show(look);
        key = dashboard.service().key("fx", "vault");
        page.openAs("owner");
        page.at("#/keys/" + key.key().id());
        page.isAt("test key");
        page.sees("Secrets");
    }

    @Test
    void disable_endsTokens_andEnable_bringsThemBack() {
        openAKey(Look.DESK);
        page.press("Disable");
        page.sees("is disabled: it gets no more tokens");
        assertThat(token().statusCode()).isEqualTo(401);

        page.press("Enable");
        page.sees("is enabled again");
        assertThat(token().statusCode()).isEqualTo(200);
    }

    @OnDeskAndPhone
    void whatWasDone_isTheKeysHistory_inWords(Look look) {
        openAKey(look);
        page.seesRows(".events .chip", "key.create");

        page.press("Disable");

        page.seesRows(".events .chip", "key.edit", "key.create");
        page.sees("enabled true → false");
        Soundness.checkOnce(page.browser(), "key-history", look);
        for (int i = 0; i < 5; i++) {
            dashboard
                    .service()
                    .services()
                    .accessKeys()
                    .rotate(Page.OWNER, key.key().id(), Duration.ZERO);
        }
        page.at("#/keys");
        page.at("#/keys/" + key.key().id());
        page.press("All of its history");
        page.isAt("Audit");
        page.sees("enabled true → false");
        assertThat(page.valueOf("Subject")).isEqualTo(key.key().id());
    }

    @OnDeskAndPhone
    void rotate_showsTheNewSecret_andWhetherTheOldOneIsStillUsed(Look look) {
        openAKey(look);
        page.press("Rotate");
        page.choose("The secret in use now goes on working", "an hour more");
        page.press("Make a new secret");
        page.sees("Copy the secret now");
        String fresh = page.takeaway("Client secret");
        assertThat(fresh).isNotEqualTo(key.secret().reveal());
        page.sees("The old secret (…" + key.secret().hint() + ") has never been used. It stops working in 1 hour.");

        dashboard.service().clock().advance(Duration.ofMinutes(10));
        assertThat(token().statusCode()).isEqualTo(200);
        dashboard
                .browser()
                .waiting()
                .until(driver -> !dashboard.service().services().accessKeys().list(Page.OWNER).stream()
                        .filter(each -> each.id().equals(key.key().id()))
                        .allMatch(each -> each.secrets().get(0).lastUsedAt() == null));
        page.openAs("owner");
        page.at("#/keys/" + key.key().id());
        page.sees("somebody still has to change over");
        Soundness.checkOnce(dashboard.browser(), "rotation", look);
    }

    @OnDeskAndPhone
    void delete_asksForTheName(Look look) {
        openAKey(look);
        page.press("Delete");
        assertThat(page.isOff("Delete for good")).isTrue();
        page.type("The key’s name", "test ke");
        assertThat(page.isOff("Delete for good")).isTrue();
        page.type("The key’s name", "test key");
        page.press("Delete for good");

        page.sees("is deleted");
        page.isAt("Access keys");
        assertThat(token().statusCode()).isEqualTo(401);
    }

    @Test
    void anEndedSession_losesNothingEdited() {
        openAKey(Look.DESK);
        page.press("Edit");
        page.type("Name", "typed before");
        page.type("Description (optional)", "and this");
        dashboard.service().clock().advance(Duration.ofHours(2));
        page.press("Save");
        page.sees("Sign in again");
        page.type("Password", Page.PASSWORD);
        page.press("Sign in");
        page.isAt("typed before");
        assertThat(page.api("GET", "keys/" + key.key().id(), Map.of())).containsEntry("description", "and this");
    }

    @Test
    void times_areRelative_andExactWhereThePointerRests() {
        openAKey(Look.DESK);
        String exactly = (String) dashboard.browser().value("""
                new Intl.DateTimeFormat('en', {dateStyle: 'full', timeStyle: 'long'}).format(Date.now())""");
        dashboard.service().clock().advance(Duration.ofMinutes(50));
        page.openAs("owner");
        page.at("#/keys/" + key.key().id());
        page.sees("50 minutes ago by");
        assertThat(dashboard.browser().value("document.querySelector('main time').title"))
                .isEqualTo(exactly);
        assertThat(exactly).contains("2026");
    }

    @Test
    void whatIsToCome_countsTheMinutesBegun() {
        openAKey(Look.DESK);
        Instant end = dashboard.service().clock().instant().plus(Duration.ofHours(3));
        page.api("PATCH", "keys/" + key.key().id(), Map.of("expires_at", end.toString()));
        dashboard.service().clock().advance(Duration.ofSeconds(10));
        page.openAs("owner");
        page.at("#/keys/" + key.key().id());
        page.sees("in 3 hours");
    }

    @OnDeskAndPhone
    void edit_sendsOnlyWhatWasChanged(Look look) {
        openAKey(look);
        page.press("Edit");
        page.type("Name", "renamed");
        page.press("More settings");
        page.type("Claims (optional)", "{\"tenant\": \"acme\"}");
        page.press("Save");
        page.isAt("renamed");

        page.press("Edit");
        page.type("Claims (optional)", "{\"region\": \"eu\"}");
        page.press("Save");
        page.sees("\"region\": \"eu\"");
        assertThat(page.api("GET", "keys/" + key.key().id(), Map.of()))
                .containsEntry("name", "renamed")
                .containsEntry("claims", Map.of("region", "eu"));
    }

    @Test
    void aConflict_showsBothVersions_andLetsChoose() {
        openAKey(Look.DESK);
        page.press("Edit");
        page.type("Name", "my name");
        page.type("Description (optional)", "my words");
        Map<String, Object> theirs = Map.of("name", "their name", "description", "their words", "token_lifetime", 600);
        page.api("PATCH", "keys/" + key.key().id(), theirs);
        page.press("Save");

        page.sees("Somebody else changed this key");
        page.sees("my name");
        page.sees("their name");
        Soundness.check(dashboard.browser(), "conflict");
        page.tick("their words");
        page.press("Use what I chose");
        page.noDialog();
        assertThat(page.valueOf("Description (optional)")).isEqualTo("their words");
        page.press("Save");

        page.isAt("my name");
        assertThat(page.api("GET", "keys/" + key.key().id(), Map.of()))
                .containsEntry("name", "my name")
                .containsEntry("description", "their words")
                .containsEntry("token_lifetime", 600L);
    }

    @Test
    void aKeyOfAnotherPerson_isTextAndNothingElse() {
        openAKey(Look.DESK);
        String name = "<img src=x onerror=alert(1)><b>bold</b>";
        page.api("PATCH", "keys/" + key.key().id(), Map.of("name", name, "description", name));
        page.openAs("owner");
        page.at("#/keys/" + key.key().id());
        page.isAt(name);
        assertThat(dashboard.browser().has(By.cssSelector("main img, main b"))).isFalse();
    }

    private HttpResponse<String> token() {
        return dashboard.service().token(key, "");
    }
}
