package dev.latchkey.dev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.dashboard.browser.Browser;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.http.dashboard.browser.Soundness;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lab of a stand-in, in a browser. */
@Tag("browser")
class LabTest {
    private static DevService service;
    private static Browser browser;
    private static Page page;

    @BeforeAll
    static void start() {
        service = DevService.withOrders();
        browser = Browser.shared();
        page = new Page(browser, () -> "http://localhost:" + service.port(), service.realTime::instant);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void reset() throws Exception {
        service.call("POST", "/dev/reset", "");
        assertThat(browser.complaints()).isEmpty();
    }

    private static void openLab(Look look) {
        browser.show(look);
        page.openAs("owner");
        page.at("#/lab");
        page.sees("2026-03-01T12:00:00Z");
    }

    @OnDeskAndPhone
    void clock_isMoved(Look look) throws Exception {
        openLab(look);
        page.press("Advance by 61 minutes");
        page.sees("2026-03-01T13:01:00Z");
        page.press("Freeze");
        page.sees("frozen");

        assertThat(DevService.json(service.get("/dev/clock")).path("frozen").asBoolean())
                .isTrue();
    }

    @OnDeskAndPhone
    void fault_isQueued_andHits(Look look) throws Exception {
        openLab(look);
        page.choose("What it does", "answers 503");
        page.press("Queue the fault");
        page.sees("on token, 1 time, status 503");

        assertThat(service.devToken(Map.of()).statusCode()).isEqualTo(503);
        assertThat(service.devToken(Map.of()).statusCode()).isEqualTo(200);
    }

    @OnDeskAndPhone
    void token_isMade_andCheckedAgainstTheJwkSet(Look look) {
        openLab(look);
        page.type("Subject", "alice");
        page.press("Make the token");
        page.sees("Signature verified");
        page.sees("\"sub\": \"alice\"");
        page.choose("What is wrong with it", "bad_signature");
        page.press("Make the token");
        page.sees("The signature is not right.");
    }

    @Test
    void requests_comeIn() throws Exception {
        openLab(Look.DESK);
        service.form("/connect/token", "orders", "wrong", Map.of("grant_type", "client_credentials"));
        page.sees("The secret is not one of this key's.");
    }

    @Test
    void lab_isSound() throws Exception {
        openLab(Look.DESK);
        page.press("Queue the fault");
        page.sees("status 503");
        page.press("Make the token");
        page.sees("Signature verified");
        service.get("/.well-known/jwks.json");
        Soundness.check(browser, "lab");
    }
}
