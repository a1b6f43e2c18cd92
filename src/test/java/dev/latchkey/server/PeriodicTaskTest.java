package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {
    @Test
    void outage_isToldWhenItBegins_andWhenItEnds() {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        PeriodicTask task = new PeriodicTask("Writing", () -> fail(failure.get()));

        assertThat(logOf(task)).isEmpty();
        failure.set(new IllegalStateException("the store is away"));
        assertThat(logOf(task)).contains("Writing fails").contains("the store is away");
        assertThat(logOf(task)).isEmpty();
        failure.set(new StackOverflowError("something else"));
        assertThat(logOf(task)).isEmpty();
        failure.set(null);
        assertThat(logOf(task)).contains("Writing works again");
        assertThat(logOf(task)).isEmpty();
        failure.set(new IllegalStateException("away again"));
        assertThat(logOf(task)).contains("Writing fails");
    }

    private static void fail(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    /** What one run says on stderr. */
    private static String logOf(PeriodicTask task) {
        PrintStream stderr = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            task.run();
        } finally {
            System.setErr(stderr);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
