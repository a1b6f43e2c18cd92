package dev.latchkey.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {
    private static final String HOME = "192.0.2.1";
    private static final String AWAY = "198.51.100.1";

    private final MutableClock clock = new MutableClock(Instant.parse("2026-07-04T12:00:00Z"));
    private final SignInThrottle throttle = new SignInThrottle(clock);

    @Test
    void tenFailures_makeTheAddressWait_fromTheFirstOnForFiveMinutes() {
        fail(10, "ann", HOME);
        assertThat(waitOf("ann", HOME)).isEqualTo(Duration.ofMinutes(5));

        clock.advance(Duration.ofSeconds(299));
        assertThat(waitOf("ann", HOME)).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofMillis(999));
        assertThat(waitOf("ann", HOME)).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofMillis(1));
        fail(10, "ann", HOME);
    }

    @Test
    void failures_ageOneByOne() {
        for (int i = 0; i < 10; i++) {
            fail(1, "ann", HOME);
            clock.advance(Duration.ofSeconds(1));
        }

        clock.advance(Duration.ofSeconds(290));
        fail(1, "ann", HOME);
        assertThat(waitOf("ann", HOME)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void nineFailures_andASuccess_beginAnew() {
        fail(9, "ann", HOME);
        throttle.attempt("ann", HOME).succeeded();

        fail(10, "ann", HOME);
        waitOf("ann", HOME);
    }

    @Test
    void refusals_doNotCount() {
        fail(10, "ann", HOME);
        for (int i = 0; i < 50; i++) {
            waitOf("ann", HOME);
        }

        clock.advance(Duration.ofMinutes(5));
        fail(10, "ann", HOME);
    }

    @Test
    void triesUnderWay_countLikeFailures() {
        for (int i = 0; i < 9; i++) {
            throttle.attempt("ann", HOME);
        }
        SignInThrottle.Attempt tenth = throttle.attempt("ann", HOME);
        waitOf("ann", HOME);

        tenth.forget();
        assertThatCode(() -> throttle.attempt("ann", HOME)).doesNotThrowAnyException();
    }

    @Test
    void others_doNotWait() {
        fail(10, "ann", HOME);

        fail(10, "bob", HOME);
        fail(10, "ann", AWAY);
    }

    @Test
    void hundredFailuresForAName_makeAllOthersWait_butWhoSignedInFromThere() {
        throttle.attempt("ann", HOME).succeeded();
        for (int i = 0; i < 10; i++) {
            fail(10, "ann", "203.0.113." + i);
        }

        waitOf("ann", AWAY);
        throttle.attempt("ann", HOME).succeeded();
        fail(10, "bob", AWAY);

        clock.advance(Duration.ofMinutes(5));
        fail(10, "ann", AWAY);
    }

    @Test
    void aSuccessElsewhere_doesNotTakeTheNamesFailuresAway() {
        throttle.attempt("ann", HOME).succeeded();
        for (int i = 0; i < 10; i++) {
            fail(10, "ann", "203.0.113." + i);
        }
        throttle.attempt("ann", HOME).succeeded();

        waitOf("ann", AWAY);
    }

    @Test
    void hundredFailuresFromAnAddress_makeItWait_whateverTheName_butNotWhoSignedInFromThere() {
        throttle.attempt("owner", HOME).succeeded();
        for (int i = 0; i < 100; i++) {
            fail(1, "name-" + i, HOME);
        }

        assertThat(waitOf("another", HOME)).isEqualTo(Duration.ofMinutes(5));
        fail(10, "owner", HOME);
        waitOf("owner", HOME);
        fail(1, "another", AWAY);
    }

    @Test
    void failuresWithoutAName_countForTheAddressAlone() {
        for (int i = 0; i < 100; i++) {
            throttle.attemptWithoutName(HOME);
        }

        waitOf("ann", HOME);
        waitOf(() -> throttle.attemptWithoutName(HOME));
        fail(10, "ann", AWAY);
    }

    /** Each failure under another name needs two counters, and one more from each new address. */
    @Test
    void whatOthersFail_neverPushesACounterOut_aFullTableRefusesInstead() {
        throttle.attempt("owner", HOME).succeeded();
        fail(10, "ann", AWAY);
        int failures = 0;
        while (failures < 20_000
                && succeeds("name-" + failures, "2001:db8:" + Integer.toHexString(failures / 50) + "::1")) {
            failures++;
        }

        assertThat(failures).isBetween(SignInThrottle.MAX_COUNTERS / 3, SignInThrottle.MAX_COUNTERS / 2);
        waitOf("ann", AWAY);
        assertThat(waitOf("a-new-name", "203.0.113.9")).isEqualTo(Duration.ofMinutes(5));
        throttle.attempt("owner", HOME).succeeded();

        clock.advance(Duration.ofMinutes(5));
        fail(10, "a-new-name", "203.0.113.9");
    }

    @Test
    void ipv6Addresses_countByTheir64() {
        for (int i = 0; i < 10; i++) {
            fail(1, "ann", "2001:db8:0:1:" + i + "::" + i);
        }

        waitOf("ann", "[2001:DB8:0:1::99]");
        waitOf("ann", "2001:db8:0:1:ffff:ffff:ffff:ffff%eth0");
        fail(1, "ann", "2001:db8:0:2::1");
        fail(10, "bob", "::ffff:192.0.2.1");
        waitOf("bob", "192.0.2.1");
        fail(1, "bob", "192.0.2.2");
    }

    private void fail(int times, String name, String from) {
        for (int i = 0; i < times; i++) {
            throttle.attempt(name, from);
        }
    }

    private boolean succeeds(String name, String from) {
        try {
            throttle.attempt(name, from);
            return true;
        } catch (ServiceException e) {
            return false;
        }
    }

    private Duration waitOf(String name, String from) {
        return waitOf(() -> throttle.attempt(name, from));
    }

    private static Duration waitOf(ThrowingCallable attempt) {
        ServiceException refusal = catchThrowableOfType(ServiceException.class, attempt);
        assertThat(refusal).isNotNull();
        assertThat(refusal.kind()).isEqualTo(ErrorKind.TOO_MANY_REQUESTS);
        Duration wait = refusal.retryAfter();
        assertThat(wait).isNotNull();
        assertThat(refusal).hasMessageContaining(wait.toSeconds() + " s");
        return wait;
    }
}
