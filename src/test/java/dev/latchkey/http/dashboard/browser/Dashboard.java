package dev.latchkey.http.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.testing.TestService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A service for one test class, the browser that all share, and the page in it. */
public final class Dashboard implements AutoCloseable {
    private static final Duration FLUSH_EVERY = Duration.ofMillis(50);

    private final TestService service;
    private final Browser browser;
    private final Page page;

    private Dashboard(TestService service, Browser browser) {
        this.service = service;
        this.browser = browser;
        this.page = new Page(browser, service);
    }

    public static Dashboard start(Path folder) {
        return start(folder, Map.of());
    }

    public static Dashboard start(Path folder, Map<ServeFlag, String> flags) {
        Browser browser = Browser.shared();
        TestService service = TestService.start(folder, flags, FLUSH_EVERY);
        return new Dashboard(service, browser);
    }

    public TestService service() {
        return service;
    }

    public Browser browser() {
        return browser;
    }

    public Page page() {
        return page;
    }

    /** Since this was looked at last, no page had a message in the console or asked for anything of another origin. */
    public void isQuiet() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests())
                .allMatch(url -> url.startsWith(service.issuer() + "/") || url.startsWith("data:"));
    }

    @Override
    public void close() {
        service.close();
    }
}
