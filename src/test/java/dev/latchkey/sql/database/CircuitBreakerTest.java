package dev.latchkey.sql.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private final CircuitBreaker breaker = new CircuitBreaker();

    @Test
    void open_oneTries_theOthersFailAtOnce() throws SQLException {
        assertThat(breaker.enter()).isFalse();
        breaker.open();

        assertThat(breaker.enter()).isTrue();
        assertThatThrownBy(breaker::enter).isInstanceOf(CircuitBreaker.OpenException.class);
        assertThatThrownBy(breaker::check).isInstanceOf(CircuitBreaker.OpenException.class);
    }

    @Test
    void open_whoMustNotTry_failsAtOnce_andLeavesTheTrialToOthers() throws SQLException {
        breaker.open();

        assertThatThrownBy(breaker::check).isInstanceOf(CircuitBreaker.OpenException.class);
        assertThat(breaker.enter()).isTrue();
    }

    @Test
    void trialThatFailed_isFollowedByTheNext() throws SQLException {
        breaker.open();
        breaker.enter();
        breaker.trialEnded();

        assertThat(breaker.enter()).isTrue();
    }

    @Test
    void anAnswerToAnyCaller_closesIt() throws SQLException {
        breaker.open();
        breaker.close();

        assertThat(breaker.enter()).isFalse();
        assertThat(breaker.enter()).isFalse();
        breaker.check();
    }
}
