package dev.latchkey.http.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.ServiceExtension;
import dev.latchkey.harness.TestService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A service for one test class, the browser that all share, and the page in it. */
public final class Dashboard implements ServiceExtension {
    private static final Duration FLUSH_EVERY = Duration.ofMillis(50);

    private final TestService service;
    private final Browser browser;
    private final Page page;

    private Dashboard(TestService service) {
        this.service = service;
        this.browser = Browser.shared();
        this.page = new Page(browser, service::issuer, () -> service.clock().instant());
    }

    /** One for {@code @RegisterExtension}: its service starts and stops with the tests. */
    public static Dashboard fresh() {
        return fresh(Map.of());
    }

    /** One as above, whose service has these settings. */
    public static Dashboard fresh(Map<ServeFlag, String> flags) {
        return new Dashboard(TestService.fresh(flags, FLUSH_EVERY));
    }

    /** One with a new store in this folder, which the caller closes. */
    public static Dashboard start(Path folder) {
        return new Dashboard(TestService.start(folder, Map.of(), FLUSH_EVERY));
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
    public void begin() {
        service.begin();
    }

    @Override
    public void end() {
        service.end();
    }

    @Override
    public void close() {
        service.close();
    }
}
