package dev.latchkey.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A run of test classes within a test.
 *
 * @param tests how many have run
 * @param failures of tests and classes
 */
record SampleRun(int tests, List<Throwable> failures) {
    /** Runs these classes, one test after the other. */
    static SampleRun of(Class<?>... classes) {
        return of(Map.of(), classes);
    }

    /** Runs these classes and their methods at the same time. */
    static SampleRun parallel(Class<?>... classes) {
        return of(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.executor-service", "WORKER_THREAD_POOL",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
                classes);
    }

    private static SampleRun of(Map<String, String> parameters, Class<?>... classes) {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<TestIdentifier> tests = Collections.synchronizedList(new ArrayList<>());
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Arrays.stream(classes)
                                        .map(type -> selectClass(type))
                                        .toList())
                                .configurationParameters(parameters)
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (test.isTest()) {
                                    tests.add(test);
                                }
                                result.getThrowable().ifPresent(failures::add);
                            }
                        });
        return new SampleRun(tests.size(), List.copyOf(failures));
    }

    /** Runs the classes of these names and prints what came of it. */
    public static void main(String[] names) throws ClassNotFoundException {
        SampleRun run = of(Class.forName(names[0]));
        System.out.println(run.tests() + " tests, failures " + run.failures());
        System.exit(run.failures().isEmpty() ? 0 : 1);
    }
}
