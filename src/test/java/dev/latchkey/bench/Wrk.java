package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The same load by wrk, the customary tool. The credentials go through its environment, not its command line. */
final class Wrk {
    private static final String SCRIPT = """
            wrk.method = os.getenv("BENCH_METHOD")
            wrk.body = os.getenv("BENCH_BODY")
            wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
            wrk.headers["Authorization"] = os.getenv("BENCH_AUTH")
            function done(s, l, _)
              local e = s.errors
              io.write(string.format("DONE %d %d %d %d %d\\n", s.requests, s.duration, l:percentile(50),
                l:percentile(99), e.status + e.connect + e.read + e.write + e.timeout))
            end
            """;
    private static final Pattern DONE = Pattern.compile("DONE (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

    private Wrk() {}

    static boolean isInstalled() {
        return Tool.isInstalled("wrk");
    }

    static Load run(String url, Request request, int connections, int seconds) throws IOException {
        Path script = Files.createTempFile("bench", ".lua");
        Files.writeString(script, SCRIPT);
        String out = Tool.run(
                Map.of(
                        "BENCH_METHOD", request.method(),
                        "BENCH_BODY", request.body(),
                        "BENCH_AUTH", request.authorization()),
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "--latency",
                "--timeout",
                "10s",
                "-s",
                script.toString(),
                url + request.path());
        Files.delete(script);
        Matcher done = DONE.matcher(out);
        if (!done.find()) {
            throw new IOException("wrk said: " + out);
        }
        long failures = number(done, 5);
        double seconds6 = number(done, 2) / 1e6;
        return new Load(
                (number(done, 1) - failures) / seconds6, number(done, 3) / 1e3, number(done, 4) / 1e3, failures);
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseLong(matcher.group(group));
    }
}
