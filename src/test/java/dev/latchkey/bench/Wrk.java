package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

            local keys = tonumber(os.getenv("BENCH_KEYS"))
            if keys > 0 then
              local digits, before, after = {}, "", ""
              local letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
              function init(_)
                math.randomseed(os.time())
                for i = 0, 999 do
                  local a, b, c = string.format("%03d", i):byte(1, 3)
                  local bits, text = (a * 256 + b) * 256 + c, ""
                  for _ = 1, 4 do
                    local letter = bits % 64 + 1
                    text = letters:sub(letter, letter) .. text
                    bits = math.floor(bits / 64)
                  end
                  digits[i] = text
                end
                local whole, first = wrk.format(), tonumber(os.getenv("BENCH_DIGITS"))
                local at = whole:find(os.getenv("BENCH_AUTH"), 1, true) + first
                before, after = whole:sub(1, at - 1), whole:sub(at + 8)
              end
              function request()
                local key = math.random(0, keys - 1)
                return before .. digits[math.floor(key / 1000)] .. digits[key % 1000] .. after
              end
            end

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
        try {
            Files.writeString(script, SCRIPT);
            return read(Tool.run(environment(request), command(url, request, connections, seconds, script)));
        } finally {
            Files.delete(script);
        }
    }

    private static Map<String, String> environment(Request request) {
        return Map.of(
                "BENCH_METHOD", request.method(),
                "BENCH_BODY", request.body(),
                "BENCH_AUTH", request.authorization(),
                "BENCH_KEYS", String.valueOf(request.keys()),
                "BENCH_DIGITS", String.valueOf(Request.FIRST_DIGITS));
    }

    private static List<String> command(String url, Request request, int connections, int seconds, Path script) {
        return List.of(
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
    }

    private static Load read(String out) throws IOException {
        Matcher done = DONE.matcher(out);
        if (!done.find()) {
            throw new IOException("wrk said: " + out);
        }
        long failures = number(done, 5);
        return new Load(
                number(done, 2) / 1e6,
                number(done, 1) - failures,
                number(done, 3) / 1e3,
                number(done, 4) / 1e3,
                failures,
                0);
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseLong(matcher.group(group));
    }
}
