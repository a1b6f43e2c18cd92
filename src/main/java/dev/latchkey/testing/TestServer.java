package dev.latchkey.testing;

import dev.latchkey.Latchkey;
import dev.latchkey.dev.DevClock;
import dev.latchkey.dev.StandInAccess;
import dev.latchkey.dev.StandInControls;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.testing.LatchkeyExtension.Faults;
import dev.latchkey.testing.LatchkeyExtension.Requests;
import dev.latchkey.testing.LatchkeyExtension.TestClock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A running stand-in. Thread-safe. */
final class TestServer implements AutoCloseable {
    private final ServerSettings settings;
    private final Latchkey latchkey;
    private final StandInControls controls;

    private TestServer(ServerSettings settings, Latchkey latchkey, StandInControls controls) {
        this.settings = settings;
        this.latchkey = latchkey;
        this.controls = controls;
    }

    static TestServer start(ServerSettings settings) {
        Latchkey.Builder builder = Latchkey.builder().dashboard(false);
        String seed = settings.seed();
        if (seed != null) {
            builder.seed(seed);
        }
        settings.builder().accept(builder);
        ((StandInAccess.Options) builder).standIn(settings.flags(), StartingKeys::new);
        Latchkey latchkey = builder.start();
        return new TestServer(
                settings, latchkey, ((StandInAccess) latchkey).controls().orElseThrow());
    }

    Latchkey latchkey() {
        return latchkey;
    }

    TestClock clock() {
        return new ServerClock(controls.clock());
    }

    Faults faults() {
        return new Faults() {
            @Override
            public void next(Fault fault) {
                run(() -> controls.faults().add(fault.rule()));
            }

            @Override
            public void clear() {
                controls.faults().clear();
            }
        };
    }

    Requests requests() {
        return RequestsOfServer.all(controls.requests());
    }

    String token(Consumer<LatchkeyExtension.TokenOrder> order) {
        OrderedToken ordered = new OrderedToken(settings.firstKey());
        order.accept(ordered);
        return translated(() -> controls.tokens().make(ordered.order()).accessToken());
    }

    void rotateSigningKey() {
        run(controls.signingKeys()::rotate);
    }

    void reset() {
        run(controls::reset);
    }

    private static void run(Runnable call) {
        translated(() -> {
            call.run();
            return true;
        });
    }

    /** What a stand-in's control refuses is a bad value; everything else is a state that forbids it. */
    private static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (ServiceException e) {
            throw e.kind() == ErrorKind.INVALID
                    ? new IllegalArgumentException(e.reason(), e)
                    : new IllegalStateException(e.reason(), e);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private record ServerClock(DevClock clock) implements TestClock {
        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public void advance(Duration time) {
            run(() -> clock.change(null, time, null, null));
        }

        @Override
        public void set(Instant moment) {
            run(() -> clock.change(moment, Duration.ZERO, null, null));
        }

        @Override
        public void freeze() {
            run(() -> clock.change(null, Duration.ZERO, true, null));
        }

        @Override
        public void skew(Duration skew) {
            run(() -> clock.change(null, Duration.ZERO, null, skew));
        }

        @Override
        public void reset() {
            run(clock::reset);
        }
    }

    @Override
    public void close() {
        latchkey.close();
    }

    @Override
    public String toString() {
        return latchkey.url().toString();
    }
}
