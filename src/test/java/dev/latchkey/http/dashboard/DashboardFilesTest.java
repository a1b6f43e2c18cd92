package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the pages are served: to whom, how large, and what they may do in a browser. */
class DashboardFilesTest {
    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(assets/[^\"]+)\"");
    private static final int FIRST_VIEW_BYTES = 100_000;
    private static final int ALL_BYTES = 150_000;

    @TempDir
    static Path folder;

    @RegisterExtension
    private static final TestService service = TestService.fresh();

    @Test
    void root_and_dashboard_leadToThePage() {
        for (String path : List.of("/", "/dashboard")) {
            HttpResponse<String> answer = service.get(path);
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location")).contains("dashboard/");
        }
    }

    @Test
    void page_mayLoadItsOwnFilesAlone() {
        HttpResponse<String> page = service.get("/dashboard/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                        + "img-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(page.headers().firstValue("Strict-Transport-Security")).isEmpty();
        assertThat(page.body()).doesNotContain("style=").doesNotContainPattern("<script>|<style>|\\son\\w+=");
    }

    @Test
    void https_asksBrowsersToStayThere() {
        try (TestService https =
                TestService.start(another("https"), Map.of(ServeFlag.ISSUER, "https://keys.example.com"))) {
            assertThat(https.get("/dashboard/").headers().firstValue("Strict-Transport-Security"))
                    .contains("max-age=31536000");
        }
    }

    @Test
    void assets_areKeptForGood_underAPathOfTheirContent() {
        for (String asset : assetsOf(service.get("/dashboard/").body())) {
            HttpResponse<String> answer = service.get("/dashboard/" + asset);
            assertThat(answer.statusCode()).as(asset).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            String tag = answer.headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> again =
                    service.send(service.request("/dashboard/" + asset).header("If-None-Match", tag));
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    @Test
    void compressed_itIsSmall_andTheFirstViewComesInOneRound() {
        String page = service.get("/dashboard/").body();
        Set<String> named = assetsOf(page);
        String base = named.iterator().next().replaceAll("[^/]*$", "");
        int all = compressedSize("")
                + DashboardFile.all().stream()
                        .mapToInt(file -> compressedSize(base + file.name()))
                        .sum();
        int first = compressedSize("")
                + named.stream().mapToInt(DashboardFilesTest::compressedSize).sum();

        assertThat(first).isLessThan(FIRST_VIEW_BYTES);
        assertThat(all).isLessThan(ALL_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "br"})
    void whoTakesNoGzip_getsPlainText(String accepted) {
        HttpResponse<String> page = service.send(service.request("/dashboard/").header("Accept-Encoding", accepted));
        assertThat(page.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(page.headers().firstValue("Vary")).contains("Accept-Encoding");
        assertThat(page.body()).startsWith("<!doctype html>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dashboard/index.html",
                "/dashboard/main.js",
                "/dashboard/assets/0123/main.js",
                "/dashboard/assets/VERSION/index.html",
                "/dashboard/assets/VERSION/libraries.properties",
                "/dashboard/assets/VERSION/..%2findex.html",
                "/dashboard/assets/VERSION/../../index.html",
                "/dashboard/../version.properties",
                "/dashboard/assets/VERSION/..%5cversion.properties"
            })
    void whatIsNotOnTheList_isNotThere(String path) {
        String version =
                assetsOf(service.get("/dashboard/").body()).iterator().next().split("/", -1)[1];
        assertThat(service.get(path.replace("VERSION", version)).statusCode()).isIn(400, 404);
    }

    @Test
    void onlyGetAndHead_areAnswered() {
        HttpResponse<String> answer =
                service.send(service.request("/dashboard/").POST(BodyPublishers.ofString("")));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
        HttpResponse<String> head =
                service.send(service.request("/dashboard/").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void noDashboard_leavesItOut() {
        try (TestService bare = TestService.start(another("bare"), Map.of(ServeFlag.NO_DASHBOARD, "true"))) {
            assertThat(List.of("/", "/dashboard", "/dashboard/", "/api/session"))
                    .allSatisfy(path -> assertThat(bare.get(path).statusCode()).isEqualTo(404));
        }
    }

    @Test
    void belowTheIssuersPath_itIsThereToo() {
        try (TestService below =
                TestService.start(another("below"), Map.of(ServeFlag.ISSUER, "https://example.com/keys"))) {
            assertThat(below.get("/keys/dashboard/").statusCode()).isEqualTo(200);
            assertThat(below.get("/keys/").headers().firstValue("Location")).contains("dashboard/");
        }
    }

    private static int compressedSize(String path) {
        HttpResponse<byte[]> answer = service.sendForBytes(
                service.request("/dashboard/" + path).header("Accept-Encoding", "gzip, deflate, br"));
        assertThat(answer.headers().firstValue("Content-Encoding")).as(path).contains("gzip");
        return answer.body().length;
    }

    private static Set<String> assetsOf(String page) {
        Set<String> assets = new TreeSet<>();
        Matcher matcher = ASSET.matcher(page);
        while (matcher.find()) {
            assets.add(matcher.group(1));
        }
        assertThat(assets).hasSizeGreaterThan(10);
        return assets;
    }

    private static Path another(String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
