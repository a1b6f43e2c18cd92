package dev.latchkey.http.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineBudgetTest {
    private final LineBudget budget = new LineBudget();

    @Test
    void take_givesSoManyLines_andCountsTheRest_untilItIsRenewed() {
        for (int i = 0; i < LineBudget.LINES; i++) {
            assertThat(budget.take()).isTrue();
        }
        assertThat(budget.take()).isFalse();
        assertThat(budget.take()).isFalse();

        assertThat(budget.renew()).isEqualTo(2);

        assertThat(budget.take()).isTrue();
        assertThat(budget.renew()).isZero();
    }
}
