package dev.latchkey.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {
    private final Outage outage = new Outage();

    private static SQLException failure(String state) {
        return new SQLException("it failed", state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08001", "53300", "57P03", "55P03"})
    void whileItLasts_oneTries_theOthersFailAtOnce(String state) throws SQLException {
        assertThat(outage.enter()).isFalse();
        outage.failed(failure(state));

        assertThat(outage.enter()).isTrue();
        assertThatThrownBy(outage::enter).isInstanceOf(SQLException.class);
    }

    @Test
    void aTrialThatFailed_isFollowedByTheNext() throws SQLException {
        outage.failed(failure("08006"));
        outage.enter();
        outage.trialEnded();

        assertThat(outage.enter()).isTrue();
    }

    @Test
    void anAnswerToAnybody_endsIt() throws SQLException {
        outage.failed(failure("08006"));
        outage.over();

        assertThat(outage.enter()).isFalse();
        assertThat(outage.enter()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42P01", "22021"})
    void aStatementThatIsWrong_isNoOutage(String state) throws SQLException {
        outage.failed(failure(state));
        outage.failed(new SQLException("without a state"));

        assertThat(outage.enter()).isFalse();
    }
}
