package dev.latchkey.http.dashboard.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real Chromium without a window, and what it noticed. Its pages believe that it is the service's time. */
public final class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    /** In the log of the DevTools protocol: what a page on this machine asks for. */
    private static final Pattern REQUEST = Pattern.compile(
            "\"Network.requestWillBeSent\",\"params\":\\{(?s:.*)\"documentURL\":\"http://localhost:(?s:.*?)\"request\":\\{(?s:.*?)\"url\":\"([^\"]*)\"");

    private static Optional<Browser> running = Optional.empty();

    private final ChromeDriver driver;
    private Optional<String> timeScript = Optional.empty();
    private Instant pageTime = Instant.EPOCH;
    private long loads;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** One for all test classes of this Java process, as wide as a desk's and light; it ends with the process. */
    public static synchronized Browser shared() {
        Browser browser = running.orElseGet(Browser::start);
        if (running.isEmpty()) {
            running = Optional.of(browser);
            Runtime.getRuntime().addShutdownHook(new Thread(browser.driver::quit));
        }
        browser.show(Look.DESK);
        browser.complaints();
        browser.requests();
        return browser;
    }

    private static Browser start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Programs.find("chromium", "chromium-browser", "google-chrome"));
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-extensions-with-background-pages",
                "--disable-component-update",
                "--disable-default-apps",
                "--disable-extensions",
                "--disable-sync",
                "--force-device-scale-factor=1",
                "--hide-scrollbars",
                "--lang=en");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        options.setExperimentalOption("perfLoggingPrefs", Map.of("enableNetwork", true, "enablePage", false));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Programs.find("chromedriver"))
                .withSilent(true)
                .build();
        try {
            return new Browser(new ChromeDriver(service, options));
        } catch (WebDriverException e) {
            throw new AssertionError("Chromium does not start: " + e.getRawMessage(), e);
        }
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** Opens a page that takes this moment for now, with these cookies and no others. */
    public void open(String url, Instant now, Collection<Cookie> cookies) {
        if (!now.equals(pageTime)) {
            pageTime = now;
            timeScript.ifPresent(id ->
                    driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id)));
            String script = "{const Real = Date; const now = " + now.toEpochMilli() + ";"
                    + "globalThis.Date = class extends Real {"
                    + "constructor(...given) { if (given.length === 0) { super(now); } else { super(...given); } }"
                    + "static now() { return now; }};}";
            Map<String, Object> added =
                    driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
            timeScript = Optional.of((String) added.get("identifier"));
        }
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        cookies.forEach(cookie -> driver.executeCdpCommand(
                "Network.setCookie", Map.of("url", url, "name", cookie.getName(), "value", cookie.getValue())));
        // The same address with another hash would not load the page again.
        loads++;
        driver.get(url + "?" + loads);
    }

    /** Loads the page anew, at the address where it is. */
    public void reload() {
        driver.navigate().refresh();
    }

    /** Whatever a page asks for at addresses like these does not arrive; no pattern = all arrives. */
    public void block(String... patterns) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(patterns)));
    }

    /** Does this in the page, and looks when all answers have come but that from the address with this end, which follows. */
    public void hold(String end, Runnable deed, Runnable look) {
        driver.executeScript("""
                const [end] = arguments;
                const real = window.fetch;
                const gate = new Promise((open) => { window.letGo = open; });
                Object.assign(window, {held: false, others: 0});
                window.fetch = async (url, options) => {
                    const isHeld = String(url).endsWith(end);
                    window.held ||= isHeld;
                    window.others += isHeld ? 0 : 1;
                    await (isHeld ? gate : null);
                    return real(url, options).finally(() => { window.others -= isHeld ? 0 : 1; });
                };
                """, end);
        deed.run();
        waiting().until(any -> Boolean.TRUE.equals(value("window.held && window.others === 0")));
        look.run();
        driver.executeScript("window.letGo()");
    }

    public Hands hands() {
        return new Hands(driver);
    }

    public WebDriverWait waiting() {
        return new WebDriverWait(driver, PATIENCE, LOOK_EVERY);
    }

    /** What an expression is in the page. */
    public Object value(String expression) {
        return driver.executeScript("return " + expression);
    }

    public void show(Look look) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", look.width(), "height", 800, "deviceScaleFactor", 1, "mobile", look.isNarrow()));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", look.isDark() ? "dark" : "light"),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Shows the page in colours that the person has chosen for all pages, until the next look. */
    public void forceColours() {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "forced-colors", "value", "active"))));
    }

    /** What the console says since it was asked last, but for the one line that a status of 4xx makes by itself. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .filter(line ->
                        !line.matches("SEVERE http://localhost:\\d+/(api|connect)/\\S+ - Failed to load resource: "
                                + "the server responded with a status of (401|403|404|409|412|422) \\(.*\\)"))
                .toList();
    }

    /** Every URL that pages of services asked for since they were asked last. */
    public List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> REQUEST.matcher(entry.getMessage()))
                .filter(Matcher::find)
                .map(request -> request.group(1))
                .toList();
    }

    /** Keeps a picture of the page as it is, among what the build makes, where {@code -Dpictures} asks for them. */
    public void picture(String name) {
        if (System.getProperty("pictures") == null) {
            return;
        }
        driver.executeScript("window.scrollTo(0, 0)");
        Path file = Path.of(System.getProperty("latchkey.root", "."), "target", "pictures", name + ".png");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(By by) {
        return !driver.findElements(by).isEmpty();
    }
}
