import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks replicas for tokens, and makes and disables keys, while faults.sh breaks something: {@code FaultLoad URL...}. {@code
 * KEY} and {@code OWNER} in the environment are {@code id:secret} of a key, and of one that may do all. Reads {@code mark}
 * and {@code end} from its standard input; prints {@code begun} when the first change is answered, and after {@code end} it looks for every change that was answered, and prints one line.
 */
final class FaultLoad {
    private static final int ASKING = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern TOKEN = field("access_token");
    private static final Pattern ID = field("id");
    private static final Pattern SECRET = field("secret");

    private final List<String> urls;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
    private final AtomicLong issued = new AtomicLong();
    private final AtomicLong unavailable = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private final Map<String, AtomicInteger> others = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> created = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> disabled = new ConcurrentLinkedQueue<>();
    private final AtomicLong unavailableChanges = new AtomicLong();
    private final AtomicLong markedAt = new AtomicLong();
    private final AtomicLong firstAfterMark = new AtomicLong();
    private final AtomicLong lastIssuedAt = new AtomicLong(System.nanoTime());
    private final AtomicLong longestGap = new AtomicLong();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean ended;

    private FaultLoad(List<String> urls) {
        this.urls = urls;
    }

    public static void main(String[] args) throws Exception {
        new FaultLoad(List.of(args)).run();
    }

    private void run() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < ASKING; i++) {
            String url = urls.get(i % urls.size());
            threads.add(new Thread(() -> ask(url)));
        }
        for (String url : urls) {
            threads.add(new Thread(() -> change(url)));
        }
        threads.forEach(Thread::start);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("end"); line = in.readLine()) {
            firstAfterMark.set(0);
            markedAt.set(System.nanoTime());
        }
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(summary(verify()));
    }

    private void ask(String url) {
        while (!ended) {
            HttpResponse<String> answer = token(url, System.getenv("KEY"), "");
            if (answer == null) {
                broken.incrementAndGet();
                pause(50);
            } else if (answer.statusCode() == 200) {
                issued.incrementAndGet();
                issuedNow();
            } else if (answer.statusCode() == 503) {
                unavailable.incrementAndGet();
                pause(5);
            } else {
                other("token", answer);
            }
        }
    }

    private void issuedNow() {
        long now = System.nanoTime();
        longestGap.accumulateAndGet(now - lastIssuedAt.getAndSet(now), Math::max);
        if (markedAt.get() != 0) {
            firstAfterMark.compareAndSet(0, now);
        }
    }

    private void change(String url) {
        String owner = null;
        while (!ended) {
            if (owner == null) {
                HttpResponse<String> answer = token(url, System.getenv("OWNER"), "&scope=latchkey:owner");
                owner = answer == null || answer.statusCode() != 200 ? null : first(TOKEN, answer.body());
                pause(owner == null ? 50 : 0);
                continue;
            }
            HttpResponse<String> made = api(url, owner, "POST", "", "{\"name\":\"made\",\"scopes\":[\"fx\"]}");
            if (!counts(made, 201)) {
                continue;
            }
            String id = first(ID, made.body());
            created.add(id);
            if (begun.compareAndSet(false, true)) {
                System.out.println("begun");
            }
            if (counts(api(url, owner, "PATCH", "/" + id, "{\"enabled\":false}"), 200)) {
                disabled.add(id);
                for (String any : urls) {
                    HttpResponse<String> after = token(any, id + ":" + first(SECRET, made.body()), "");
                    if (after != null && after.statusCode() == 200) {
                        stale.incrementAndGet();
                    }
                }
            }
            pause(20);
        }
    }

    private boolean counts(HttpResponse<String> answer, int wanted) {
        if (answer != null && answer.statusCode() == wanted) {
            return true;
        }
        if (answer == null) {
            broken.incrementAndGet();
        } else if (answer.statusCode() == 503) {
            unavailableChanges.incrementAndGet();
        } else {
            other("change", answer);
        }
        pause(50);
        return false;
    }

    private void other(String what, HttpResponse<String> answer) {
        String kind = what + " " + answer.statusCode();
        if (others.computeIfAbsent(kind, unused -> new AtomicInteger()).incrementAndGet() == 1) {
            System.err.println(kind + ": " + answer.body());
        }
    }

    /** How many answered changes are not there. */
    private int verify() {
        int lost = 0;
        String url = urls.get(urls.size() - 1);
        String owner = first(TOKEN, token(url, System.getenv("OWNER"), "&scope=latchkey:owner").body());
        for (String id : created) {
            HttpResponse<String> key = api(url, owner, "GET", "/" + id, null);
            boolean off = key.body().matches("(?s).*\"enabled\"\\s*:\\s*false.*");
            if (key.statusCode() != 200 || (disabled.contains(id) && !off)) {
                lost++;
            }
        }
        return lost;
    }

    private String summary(int lost) {
        int other = others.values().stream().mapToInt(AtomicInteger::get).sum();
        String first = firstAfterMark.get() == 0
                ? ""
                : String.format(Locale.ROOT, ", first token %.2f s after", (firstAfterMark.get() - markedAt.get()) / 1e9);
        return String.format(
                Locale.ROOT,
                "200: %d, 503: %d, other: %d, no answer: %d, longest without a token %.2f s%s; changes answered: %d, 503: %d,"
                        + " lost: %d, tokens of disabled keys: %d",
                issued.get(),
                unavailable.get(),
                other,
                broken.get(),
                longestGap.get() / 1e9,
                first,
                created.size() + disabled.size(),
                unavailableChanges.get(),
                lost,
                stale.get());
    }

    private HttpResponse<String> token(String url, String credentials, String more) {
        return send(HttpRequest.newBuilder(URI.create(url + "/connect/token"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials" + more)));
    }

    private HttpResponse<String> api(String url, String owner, String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(url + "/api/keys" + path))
                .header("Authorization", "Bearer " + owner)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Null where the connection broke. */
    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Pattern field(String name) {
        return Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"");
    }

    /** Null where there is none. */
    private static String first(Pattern field, String json) {
        Matcher found = field.matcher(json);
        return found.find() ? found.group(1) : null;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
