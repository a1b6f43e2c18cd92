package dev.latchkey.http.dashboard;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.testing.TestService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A service, a browser and the page in it, for one test class. */
final class Dashboard implements AutoCloseable {
    private static final Duration FLUSH_EVERY = Duration.ofMillis(50);

    private final TestService service;
    private final Browser browser;
    private final Page page;

    private Dashboard(TestService service, Browser browser) {
        this.service = service;
        this.browser = browser;
        this.page = new Page(browser, service);
    }

    static Dashboard start(Path folder) {
        TestService service = TestService.start(folder, Map.<ServeFlag, String>of(), FLUSH_EVERY);
        return new Dashboard(service, Browser.start(folder.resolve("profile")));
    }

    TestService service() {
        return service;
    }

    Browser browser() {
        return browser;
    }

    Page page() {
        return page;
    }

    /** Whatever pages asked for of somebody else than this service, since they were asked last. */
    List<String> foreignRequests() {
        return browser.requests().stream()
                .filter(url -> !url.startsWith(service.issuer() + "/") && !url.equals("about:blank"))
                .toList();
    }

    @Override
    public void close() {
        browser.close();
        service.close();
    }
}
