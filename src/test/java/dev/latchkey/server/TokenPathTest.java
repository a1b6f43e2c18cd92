package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.MethodEntryRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What runs for one token, one creation of a key and one rotation, seen by a debugger: each class in a path is one more to
 * read and to go through. Nested classes count as the one that they are in; lambdas do not count, what they call does.
 */
class TokenPathTest {
    private static final Pattern DEBUGGER = Pattern.compile("at address: (?:\\S+:)?(\\d+)");

    private static final String ANSWER = "dev.latchkey.http.api.ApiAnswer";

    /** After so long without another event there is none any more. */
    private static final long MILLIS_BETWEEN_EVENTS = 200;

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void eachPath_goesThroughFewClasses() throws Exception {
        String debugger = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";
        try (ForkedService service = new ForkedService(folder, debugger)) {
            Matcher port = DEBUGGER.matcher(service.printed().get(0));
            assertThat(port.find()).isTrue();
            VirtualMachine machine = attach(port.group(1));
            service.issueToken();
            Set<String> token =
                    classesRunBy(machine, service::issueToken, "", "dev.latchkey.token.issuing.TokenIssuer");

            String owner = service.ownersToken();
            AtomicInteger keys = new AtomicInteger();
            Runnable create = () -> service.call(
                    "/api/keys", owner, "{\"name\":\"k" + keys.incrementAndGet() + "\",\"scopes\":[\"fx\"]}");
            create.run();
            Set<String> creation = classesRunBy(machine, create, "dev.latchkey.http.api.KeyEndpoints", ANSWER);

            Runnable rotate = () -> service.call("/api/signing-keys/rotate", owner, "{\"now\":true}");
            rotate.run();
            Set<String> rotation = classesRunBy(machine, rotate, "dev.latchkey.http.api.SigningKeyEndpoints", ANSWER);
            rotation.removeIf(type -> type.startsWith("dev.latchkey.http."));

            machine.dispose();
            assertThat(token).hasSizeLessThanOrEqualTo(50);
            assertThat(creation).hasSizeLessThanOrEqualTo(67);
            assertThat(rotation).hasSizeLessThanOrEqualTo(42);
        }
    }

    private static VirtualMachine attach(String port) throws Exception {
        AttachingConnector sockets = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = sockets.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(port);
        return sockets.attach(arguments);
    }

    /**
     * The classes of ours whose methods run while the action goes on, in the thread in which one of {@code within} does.
     *
     * @param from what runs in that thread before this class does not count; empty = all counts
     */
    private static Set<String> classesRunBy(VirtualMachine machine, Runnable action, String from, String within)
            throws Exception {
        MethodEntryRequest entries = machine.eventRequestManager().createMethodEntryRequest();
        entries.addClassFilter("dev.latchkey.*");
        // Where lines of the log are written: now and then a class of a library asks for its logger.
        entries.addClassExclusionFilter("dev.latchkey.log.*");
        entries.addClassExclusionFilter("dev.latchkey.cli.*");
        entries.setSuspendPolicy(EventRequest.SUSPEND_NONE);
        entries.enable();
        Map<Long, Set<String>> byThread = new HashMap<>();
        CompletableFuture<Void> done = CompletableFuture.runAsync(action);
        Set<String> path = Set.of();
        EventSet events = next(machine);
        while (events != null || !done.isDone() || path.isEmpty()) {
            for (Event event : events == null ? List.<Event>of() : events) {
                if (event instanceof MethodEntryEvent entry && !typeOf(entry).contains("$$Lambda")) {
                    Set<String> classes =
                            byThread.computeIfAbsent(entry.thread().uniqueID(), thread -> new TreeSet<>());
                    String type = typeOf(entry).replaceAll("\\$.*", "");
                    if (type.equals(from) && !classes.contains(from)) {
                        classes.clear();
                    }
                    classes.add(type);
                    path = classes.contains(within) && (from.isEmpty() || classes.contains(from)) ? classes : path;
                }
            }
            events = next(machine);
            if (events == null && done.isDone() && path.isEmpty()) {
                // It failed, or it was done before the debugger saw it.
                done.join();
                done = CompletableFuture.runAsync(action);
            }
        }
        done.join();
        machine.eventRequestManager().deleteEventRequest(entries);
        return path;
    }

    private static String typeOf(MethodEntryEvent entry) {
        return entry.location().declaringType().name();
    }

    private static @Nullable EventSet next(VirtualMachine machine) throws InterruptedException {
        return machine.eventQueue().remove(MILLIS_BETWEEN_EVENTS);
    }
}
