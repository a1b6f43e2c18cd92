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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks replicas for tokens, and makes and disables keys, while faults.sh breaks something: {@code FaultLoad URL...}. {@code
 * KEY} and {@code OWNER} in the environment are {@code id:secret} of a key, and of one that may do all. Reads {@code mark}
 * and {@code end} from its standard input; prints {@code begun} when the first change is answered. After {@code end} it
 * looks for every change that was answered, and prints one line.
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
    private final FaultCounts counts = new FaultCounts();
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
            counts.mark();
        }
        ended = true;
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(counts.summary(lost()));
    }

    private void ask(String url) {
        while (!ended) {
            HttpResponse<String> answer = token(url, System.getenv("KEY"), "");
            if (answer == null) {
                counts.broken();
                pause(50);
            } else if (answer.statusCode() == 200) {
                counts.issued();
            } else if (answer.statusCode() == 503) {
                counts.unavailable();
                pause(5);
            } else {
                counts.other("token", answer);
            }
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
            counts.created.add(id);
            if (begun.compareAndSet(false, true)) {
                System.out.println("begun");
            }
            if (counts(api(url, owner, "PATCH", "/" + id, "{\"enabled\":false}"), 200)) {
                counts.disabled.add(id);
                for (String any : urls) {
                    HttpResponse<String> after = token(any, id + ":" + first(SECRET, made.body()), "");
                    if (after != null && after.statusCode() == 200) {
                        counts.stale();
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
            counts.broken();
        } else if (answer.statusCode() == 503) {
            counts.unavailableChange();
        } else {
            counts.other("change", answer);
        }
        pause(50);
        return false;
    }

    /** How many answered changes are not there. */
    private int lost() {
        int lost = 0;
        String url = urls.get(urls.size() - 1);
        String owner = first(TOKEN, token(url, System.getenv("OWNER"), "&scope=latchkey:owner").body());
        for (String id : counts.created) {
            HttpResponse<String> key = api(url, owner, "GET", "/" + id, null);
            boolean off = key.body().matches("(?s).*\"enabled\"\\s*:\\s*false.*");
            if (key.statusCode() != 200 || (counts.disabled.contains(id) && !off)) {
                lost++;
            }
        }
        return lost;
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
