package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChoreTest {
    @Test
    void outage_isToldWhenItBegins_andWhenItEnds() {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Chore chore = new Chore("Writing", () -> fail(failure.get()));

        assertThat(logOf(chore)).isEmpty();
        failure.set(new IllegalStateException("the store is away"));
        assertThat(logOf(chore)).contains("Writing fails").contains("the store is away");
        assertThat(logOf(chore)).isEmpty();
        failure.set(new StackOverflowError("something else"));
        assertThat(logOf(chore)).isEmpty();
        failure.set(null);
        assertThat(logOf(chore)).contains("Writing works again");
        assertThat(logOf(chore)).isEmpty();
        failure.set(new IllegalStateException("away again"));
        assertThat(logOf(chore)).contains("Writing fails");
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
    private static String logOf(Chore chore) {
        PrintStream stderr = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            chore.run();
        } finally {
            System.setErr(stderr);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
