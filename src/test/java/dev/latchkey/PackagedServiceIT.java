package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Answers;
import dev.latchkey.harness.Processes;
import dev.latchkey.harness.TestService;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar as a process: what it prints, what it leaves, how it ends. */
class PackagedServiceIT {
    private static final String JAR = System.getProperty("latchkey.jar", "target/latchkey.jar");
    private static final Pattern READY =
            Pattern.compile("Latchkey is ready on (http://localhost:\\d+) \\(issuer (.*)\\),"
                    + " store latchkey\\.db, dashboard \\1/dashboard/");

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void sigterm_endsItInOrder_withExitCodeZero() throws IOException, InterruptedException {
        Process service = serve();
        String url = awaitReady(service);
        assertThat(url).startsWith("http://localhost:");

        service.destroy();

        assertThat(service.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(service.exitValue()).isZero();
    }

    @Test
    void aMachineWithMoreProcessorsThanAnyHas_isNoneTooLarge() throws IOException {
        Process service = serve("-XX:ActiveProcessorCount=500");

        assertThat(awaitReady(service)).startsWith("http://localhost:");
    }

    @Test
    void aKilledService_losesNoKey_andKeepsItsSigningKey() throws IOException, InterruptedException {
        Process first = serve();
        String url = awaitReady(first);
        Map<String, Object> key = createKey();
        String token = Answers.accessToken(token(url, key));
        first.destroyForcibly();
        assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();

        String again = awaitReady(serve());

        assertThat(Answers.header(Answers.accessToken(token(again, key)))).isEqualTo(Answers.header(token));
        assertThat(latchkey("inspect", token, "--json").exitCode()).isZero();
    }

    @Test
    void theStore_belongsToItsOwnerAlone() throws IOException {
        awaitReady(serve());

        for (String name : List.of("latchkey.db", "latchkey.db-wal", "latchkey.db-shm")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aTakenPort_isOneLineAndExitCodeOne() throws IOException {
        String url = awaitReady(serve());

        Processes.Outcome second =
                latchkey("serve", "--port", String.valueOf(URI.create(url).getPort()), "--db", "other.db");

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err().lines().filter(line -> line.startsWith("latchkey:")))
                .singleElement()
                .asString()
                .contains("port");
        assertThat(second.out()).isEmpty();
    }

    @Test
    void listeningForOthers_withoutAnIssuer_isAUsageError() {
        Processes.Outcome outcome = latchkey("serve", "--host", "0.0.0.0", "--port", "0");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--issuer");
    }

    @Test
    void theOwnersPassword_isShownOnceAndOnStderr() throws IOException {
        Process first = serve();
        awaitReady(first);
        first.destroyForcibly();
        awaitReady(serve());

        List<String> logs = new ArrayList<>();
        for (int i = 0; i < started.size(); i++) {
            logs.add(Files.readString(folder.resolve("serve" + i + ".err")));
        }
        assertThat(logs.get(0)).containsPattern("\"owner\" with the password [A-Za-z0-9]{24}");
        assertThat(logs.get(1)).doesNotContain("password");
    }

    private Process serve(String... flags) throws IOException {
        int number = started.size();
        List<String> command = java("serve", "--port", "0");
        command.addAll(1, List.of(flags));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("serve" + number + ".err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private static String awaitReady(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        Matcher ready = READY.matcher(String.valueOf(line));
        assertThat(ready.matches()).as("first line: %s", line).isTrue();
        return ready.group(1);
    }

    private Map<String, Object> createKey() {
        Processes.Outcome outcome = latchkey("keys", "create", "k", "--scopes", "fx", "--add-scopes", "--json");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return Answers.json(outcome.out());
    }

    private static HttpResponse<String> token(String url, Map<String, Object> key)
            throws IOException, InterruptedException {
        String authorization = TestService.basic((String) key.get("id"), (String) key.get("secret"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/connect/token"))
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private Processes.Outcome latchkey(String... words) {
        return Processes.run(folder, Map.of(), java(words));
    }

    private static List<String> java(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR));
        command.addAll(Arrays.asList(words));
        return command;
    }
}
